//! The form of pseudonyms: what stands in the place of a person's id and names in a redacted tenant.
//!
//! Letters and digits only, apart from what makes an address an address: nothing that a format would escape, a
//! terminal would break, or anybody could take for the id of an object.

/// The digits, in their order; none that looks like another.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// How many digits: 65 bits. Among a million people two have the same once in seventy million keys.
pub(crate) const LENGTH: usize = 13;

/// What all pseudonyms have in the place of an id's upper 63 bits, so that they are told from ids.
const MARK: u128 = 0x3265_6461_6374_6564 << 65;

/// Where the user principal names of nobody are (RFC 2606 keeps `.invalid` free).
pub(crate) const DOMAIN: &str = "@redacted.invalid";

/// The mark of external accounts, which pseudonyms keep.
pub(crate) const EXTERNAL: &str = "#EXT#";

/// How the pseudonym of an id begins.
pub(crate) const ID: &str = "uid";
/// How the pseudonym of a user principal name begins.
pub(crate) const PRINCIPAL_NAME: &str = "user";
/// How the pseudonym of a display name begins.
pub(crate) const DISPLAY_NAME: &str = "name";

/// The pseudonym that begins with these bits.
pub(crate) fn of_bits(bits: u128) -> u128 {
    MARK | (bits >> 63)
}

/// Whether an id is a pseudonym.
pub(crate) fn is_pseudonym(id: u128) -> bool {
    id >> 65 == MARK >> 65
}

fn digits(id: u128) -> String {
    let digit = |place: usize| {
        let value = (id >> (5 * (LENGTH - 1 - place))) & 31;
        char::from(DIGITS[usize::try_from(value).expect("five bits")])
    };
    (0..LENGTH).map(digit).collect()
}

/// The pseudonym with these digits.
pub(crate) fn parse_digits(text: &str) -> Option<u128> {
    (text.len() == LENGTH).then_some(())?;
    let value = text.bytes().try_fold(0_u128, |value, byte| {
        let digit = DIGITS.iter().position(|digit| *digit == byte)?;
        Some((value << 5) | digit as u128)
    });
    Some(MARK | value?)
}

/// What stands in the place of the id.
pub(crate) fn id(pseudonym: u128) -> String {
    format!("{ID}{}", digits(pseudonym))
}

/// What stands in the place of a user principal name. It keeps the mark of an external account.
pub(crate) fn principal_name(pseudonym: u128, real: &str) -> String {
    let external = if real.to_ascii_uppercase().contains(EXTERNAL) { EXTERNAL } else { "" };
    format!("{PRINCIPAL_NAME}{}{external}{DOMAIN}", digits(pseudonym))
}

/// What stands in the place of a display name.
pub(crate) fn display_name(pseudonym: u128) -> String {
    format!("{DISPLAY_NAME}{}", digits(pseudonym))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_as_they_were_written_and_keep_the_order() {
        let mut last = String::new();
        for bits in [0, 1 << 63, 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef, u128::MAX] {
            let pseudonym = of_bits(bits);
            assert!(is_pseudonym(pseudonym));
            let text = digits(pseudonym);
            assert_eq!(parse_digits(&text), Some(pseudonym));
            assert!(last < text, "{last} {text}");
            last = text;
        }
        assert_eq!(parse_digits("0123"), None);
        assert_eq!(parse_digits("0123456789abi"), None, "i looks like 1");
    }

    #[test]
    fn an_id_of_graph_is_no_pseudonym() {
        assert!(!is_pseudonym(0x5a1e_5000_0000_4000_8000_0000_0000_abcd));
        assert!(!is_pseudonym(0) && !is_pseudonym(u128::MAX));
    }
}

//! Names for the people of the larger tenants, from several languages; with the letters that a sign-in name takes.

/// First names, as people write them.
pub(super) const GIVEN: [&str; 48] = [
    "Anna",
    "Bram",
    "Chloé",
    "Daan",
    "Eline",
    "Fatima",
    "Gijs",
    "Hanneke",
    "Ibrahim",
    "Jasmijn",
    "Kees",
    "Łucja",
    "Mohammed",
    "Noor",
    "Otto",
    "Priya",
    "Quinten",
    "Roos",
    "Søren",
    "Thijs",
    "Ursula",
    "Vincent",
    "Wout",
    "Yara",
    "Zoë",
    "Björn",
    "Carmen",
    "Dimitri",
    "Émilie",
    "François",
    "Gül",
    "Héctor",
    "Inés",
    "Jürgen",
    "Katarzyna",
    "Lieke",
    "Márton",
    "Nuno",
    "Ömer",
    "Petra",
    "Renée",
    "Sanne",
    "Tomáš",
    "Ulrike",
    "Věra",
    "Willem",
    "Xiao",
    "Youssef",
];

/// Family names, as people write them.
pub(super) const FAMILY: [&str; 48] = [
    "de Vries",
    "Jansen",
    "van den Berg",
    "Bakker",
    "Visser",
    "Smit",
    "Meijer",
    "de Boer",
    "Mulder",
    "de Groot",
    "Bos",
    "Vos",
    "Peters",
    "Hendriks",
    "van Leeuwen",
    "Dekker",
    "Brouwer",
    "de Wit",
    "Dijkstra",
    "Smits",
    "Müller",
    "Schäfer",
    "Öztürk",
    "Yılmaz",
    "El Amrani",
    "Benali",
    "Kowalski",
    "Wiśniewska",
    "Novák",
    "Dvořák",
    "García",
    "Núñez",
    "Gonçalves",
    "Silva",
    "Rossi",
    "Bianchi",
    "Lefèvre",
    "Dubois",
    "Jørgensen",
    "Nilsson",
    "Ångström",
    "Nagy",
    "Sørensen",
    "Patel",
    "Sharma",
    "Nguyễn",
    "Chen",
    "O'Neill",
];

/// A name in the letters of a sign-in name: no accents, no spaces, no capitals.
pub(super) fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' => plain.push(letter),
            'á' | 'å' | 'ä' => plain.push('a'),
            'ç' => plain.push('c'),
            'é' | 'è' | 'ě' | 'ë' | 'ễ' => plain.push('e'),
            'í' | 'ı' => plain.push('i'),
            'ł' => plain.push('l'),
            'ñ' => plain.push('n'),
            'ö' | 'ø' | 'ó' => plain.push('o'),
            'ř' => plain.push('r'),
            'š' | 'ś' => plain.push('s'),
            'ü' | 'ú' => plain.push('u'),
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_every_name_is_known() {
        for name in GIVEN.iter().chain(&FAMILY) {
            let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
            assert_eq!(plain(name).len(), letters, "{name}");
        }
    }
}

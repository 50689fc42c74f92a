//! What becomes of a page: it is decoded, and compressed for the journal, on a thread for work.

use super::journal::Entry;
use crate::graph::{Answer, Page, Through};
use crate::tenant::{Collection, Decoded};

/// A page, decoded, and compressed for the journal if one is kept.
pub(super) struct Kept {
    pub(super) decoded: Decoded,
    pub(super) entry: Option<Entry>,
    pub(super) objects: usize,
}

impl Kept {
    /// Looks through a page as it was received.
    pub(super) fn read(collection: Collection, saves: bool, answer: Answer) -> Result<Through<Self>, String> {
        if !saves {
            let decoded = Decoded::new(collection, answer.read_at());
            // Where an object is not understood, the page is taken apart below: the others are.
            if let Ok(page) = answer.decode_page(decoded) {
                let objects = page.objects();
                return Ok(page.map(|decoded| Self { decoded, entry: None, objects }));
            }
        }
        Ok(answer.into_page()?.map(|page| Self::of(collection, saves, &page)))
    }

    /// Takes the objects of a page one by one.
    pub(super) fn of(collection: Collection, saves: bool, page: &Page) -> Self {
        let mut decoded = Decoded::new(collection, page.read_at());
        for object in page.objects() {
            if let Err(error) = decoded.object(object) {
                tracing::warn!("{error}");
            }
        }
        let entry = saves.then(|| Entry::page(collection, page.read_at(), page.objects()));
        Self { decoded, entry, objects: page.objects().len() }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::*;

    const ADA: &str = r#"{"id":"05e40000-0000-4000-8000-000000000001","displayName":"Ad\u0061","licenseAssignmentStates":[{"skuId":"6fd2c87f-b296-42f0-b197-1e91e994b900","assignedByGroup":null,"disabledPlans":["57ff2da0-773e-42df-b2af-ffb7a2317929"],"state":"Active","error":"None"}]}"#;
    const BEN: &str = r##"{"@odata.type":"#microsoft.graph.user","id":"05e40000-0000-4000-8000-000000000002","userPrincipalName":"ben@contoso.example","accountEnabled":true}"##;

    /// What is kept of an answer, or why there is none, in both ways to look through a page.
    fn both_ways(collection: Collection, text: &str) -> [Result<String, String>; 2] {
        [false, true].map(|saves| {
            let page = Kept::read(collection, saves, Answer::of(text, Timestamp::UNIX_EPOCH))?;
            Ok(format!("{:?}", page.map(|kept| (kept.decoded, kept.objects))))
        })
    }

    #[test]
    fn a_page_is_the_same_whether_or_not_a_snapshot_is_kept() {
        let mut refused = 0;
        for text in [
            format!(r#"{{"@odata.context":"x","value":[{ADA},{BEN}],"@odata.nextLink":"https://a\/b"}}"#),
            format!(r#" {{"@odata.nextLink":null,"value":[{ADA}],"@odata.count":2}} "#),
            r#"{"value":[]}"#.to_owned(),
            format!(r#"{{"value":[{ADA},{{"id":"no guid"}},{BEN}]}}"#),
            format!(r#"{{"value":[{ADA},{{"id":7}},{{}},{BEN}]}}"#),
            format!(r#"{{"value":[{ADA}],"value":[{BEN}]}}"#),
            format!(r#"{{"value":[{ADA}],"@odata.nextLink":"a","@odata.nextLink":"b"}}"#),
            format!(r#"{{"@odata.count":1,"value":[{ADA}],"@odata.count":1}}"#),
            format!(r#"{{"@odata.count":1,"odata":1,"odata":2,"value":[{ADA}]}}"#),
            format!(r#"{{"value":[{ADA},["05e40000-0000-4000-8000-000000000002"]]}}"#),
            format!(r#"{{"value":[{ADA},null]}}"#),
            format!(r#"{{"value":{ADA}}}"#),
            r#"{"value":null}"#.to_owned(),
            "{}".to_owned(),
            format!("[[{ADA}],null,null]"),
            format!(r#"{{"value":[{ADA}],"@odata.nextLink":7}}"#),
            format!(r#"{{"value":[{ADA}]}} and more"#),
            format!(r#"{{"value":[{ADA}"#),
            String::new(),
        ] {
            for collection in [Collection::Users, Collection::Groups] {
                let [through, apart] = both_ways(collection, &text);
                assert_eq!(through, apart, "{text}");
                refused += usize::from(apart.is_err());
            }
        }
        assert_eq!(refused, 26);
    }

    proptest! {
        #[test]
        fn a_damaged_page_is_the_same_in_both_ways(
            place in any::<prop::sample::Index>(),
            instead in prop_oneof!["[\\[\\]{}\",:0-9a-z\\\\ ]{0,3}", Just(",".to_owned()), Just("null".to_owned())],
            removed in 0_usize..40,
        ) {
            let whole = format!(r#"{{"value":[{ADA},{BEN}],"@odata.nextLink":"https://a/b"}}"#);
            let begin = place.index(whole.len());
            let end = (begin + removed).min(whole.len());
            let text = format!("{}{instead}{}", &whole[..begin], &whole[end..]);
            let [through, apart] = both_ways(Collection::Users, &text);
            prop_assert_eq!(through, apart);
        }
    }
}

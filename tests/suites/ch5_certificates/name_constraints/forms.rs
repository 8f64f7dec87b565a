//! Names and subtrees of each form.

use fixtures::limits::{Limits, in_words};

use super::cases::{Below, REFUSED};

/// A name and a base of each form. If the name is a DNS name or an address, the base contains it.
const FORMS: [(&str, &str); 8] = [
    ("www.example.org", "example.org"),
    ("192.0.2.1", "192.0.2.0/24"),
    ("directory:Other", "directory:Other"),
    ("mail:a@example.org", "mail:example.org"),
    ("uri:https://example.org/", "uri:example.org"),
    ("id:1.2.3", "id:1.2.3"),
    ("other:", "other:"),
    ("edi:", "edi:"),
];

/// More of the forms that you don't compare. In some pairs, both are the same; in others, they differ.
const NOT_COMPARED: [(&str, &str); 8] = [
    ("directory:Other", "directory:Nobody"),
    ("mail:a@example.org", "mail:a@example.org"),
    ("mail:a@example.com", "mail:example.org"),
    ("uri:https://example.org/", "uri:https://example.org/"),
    ("uri:https://example.com/", "uri:example.org"),
    ("id:1.2.3", "id:1.2.4"),
    ("other:", "other:1.2.4"),
    ("edi:", "edi:b"),
];

/// Each name with each base, and a few more, on both lists.
pub fn each_form_beside_each() -> Vec<Below> {
    let form = |text: &str| std::mem::discriminant(&in_words(text));
    let names = FORMS.iter().map(|(name, _)| *name);
    let each = names.flat_map(|name| FORMS.map(|(_, base)| (name, base)));
    let mut all = Vec::new();
    for (name, base) in each.chain(NOT_COMPARED) {
        for excluded in [false, true] {
            let refused = match (form(name) == form(base), name) {
                // The subject is a directory name, too.
                (false, _) => base.starts_with("directory:"),
                (true, "www.example.org" | "192.0.2.1") => excluded,
                (true, _) => true,
            };
            let bases = [base];
            let limits = match excluded {
                true => Limits::new(&[], &bases),
                false => Limits::new(&bases, &[]),
            };
            all.push(Below {
                limits,
                names: vec![name.to_owned()],
                ..Below::new((&[], &[], &[], if refused { REFUSED } else { Ok(()) }))
            });
        }
    }
    all
}

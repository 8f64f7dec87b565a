//! Writes values as JSON, and reads them back, with nojson's two traits: [`DisplayJson`] to write,
//! and [`TryFrom`] a [`RawJsonValue`] to read.

use nojson::{DisplayJson, JsonParseError, RawJson, RawJsonValue};

/// The value in the text of a file, if that is JSON of this type.
pub fn read<T>(text: &str) -> Option<T>
where
    T: for<'text, 'raw> TryFrom<RawJsonValue<'text, 'raw>, Error = JsonParseError>,
{
    let json = RawJson::parse(text).ok()?;
    T::try_from(json.value()).ok()
}

/// The value as JSON, on one line.
pub fn line(value: &impl DisplayJson) -> String {
    nojson::Json(value).to_string()
}

/// The value as JSON, indented for people who look into the file.
pub fn indented(value: &impl DisplayJson) -> String {
    let indented = nojson::json(|out| {
        out.set_indent_size(2);
        out.set_spacing(true);
        out.value(value)
    });
    indented.to_string()
}

/// The field of an object.
pub(crate) fn field<T>(object: RawJsonValue<'_, '_>, name: &str) -> Result<T, JsonParseError>
where
    T: for<'text, 'raw> TryFrom<RawJsonValue<'text, 'raw>, Error = JsonParseError>,
{
    if let Some(value) = object.to_member(name)?.optional() {
        return T::try_from(value);
    }
    // A missing field counts as null.
    let null = RawJson::parse("null")?;
    T::try_from(null.value()).map_err(|_| object.invalid(format!("there is no `{name}`")))
}

/// A struct is an object with the same fields.
macro_rules! json_fields {
    ($type:ident { $($field:ident),+ $(,)? }) => {
        impl nojson::DisplayJson for $type {
            fn fmt(&self, out: &mut nojson::JsonFormatter<'_, '_>) -> std::fmt::Result {
                out.object(|out| {
                    $(out.member(stringify!($field), &self.$field)?;)+
                    Ok(())
                })
            }
        }

        impl TryFrom<nojson::RawJsonValue<'_, '_>> for $type {
            type Error = nojson::JsonParseError;

            fn try_from(
                json: nojson::RawJsonValue<'_, '_>,
            ) -> Result<$type, nojson::JsonParseError> {
                Ok($type {
                    $($field: $crate::json::field(json, stringify!($field))?),+
                })
            }
        }
    };
}
pub(crate) use json_fields;

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Sample {
        name: String,
        count: u32,
        more: Option<Vec<i32>>,
    }

    json_fields!(Sample { name, count, more });

    #[test]
    fn a_struct_goes_there_and_back() {
        for more in [None, Some(vec![]), Some(vec![-1, 2])] {
            let sample = Sample {
                name: "é\"".to_owned(),
                count: 7,
                more,
            };
            let text = line(&sample);
            assert_eq!(read(&indented(&sample)), read::<Sample>(&text));
            assert_eq!(read(&text), Some(sample));
        }
    }

    #[test]
    fn fields_keep_their_order() {
        let sample = Sample {
            name: "a".to_owned(),
            count: 7,
            more: Some(vec![-1, 2]),
        };
        assert_eq!(line(&sample), r#"{"name":"a","count":7,"more":[-1,2]}"#);
        assert_eq!(
            indented(&sample),
            "{\n  \"name\": \"a\",\n  \"count\": 7,\n  \"more\": [\n    -1,\n    2\n  ]\n}"
        );
    }

    #[test]
    fn a_value_of_another_type_is_not_read() {
        for other in [
            "",
            "[]",
            "{}",
            "null",
            r#"{"name":"a"}"#,
            r#"{"name":1,"count":1}"#,
            r#"{"name":"a","count":-1}"#,
            r#"{"name":"a","count":4294967296}"#,
            r#"{"name":"a","count":1.0}"#,
            r#"{"name":"a","count":"1"}"#,
            r#"{"name":"a","count":1,"more":["b"]}"#,
            r#"{"name":"a","count":1,"more":{}}"#,
            r#"{"name":"a","count":1,"more":[2147483648]}"#,
            r#"{"name":"a","count":1} {}"#,
            r#"{"name":"a","count":1,}"#,
        ] {
            assert_eq!(read::<Sample>(other), None, "{other}");
        }
        // An optional field may be left out.
        assert!(read::<Sample>(r#"{"name":"a","count":1}"#).is_some());
    }

    #[test]
    fn every_text_goes_there_and_back_on_one_line() {
        let every_ascii: String = ('\0'..='\u{7f}').collect();
        for text in [every_ascii.as_str(), "é \u{2028} \u{feff} 🔒 \\u0041"] {
            let written = line(&text);
            assert!(!written.contains(|c| c < ' '), "{written}");
            assert_eq!(read(&written), Some(text.to_owned()), "{written}");
        }
        assert_eq!(read(r#""\ud83d\udd12""#), Some("🔒".to_owned()));
        // Half of a surrogate pair is not text.
        assert_eq!(read::<String>(r#""\ud83d""#), None);
    }

    #[test]
    fn every_number_goes_there_and_back_exactly() {
        for number in [
            0.0,
            -0.0,
            0.1,
            1.0,
            1.0 / 3.0,
            2.0_f64.powi(53) + 2.0,
            f64::MAX,
            f64::MIN_POSITIVE,
            5e-324,
        ] {
            let written = line(&number);
            let back: f64 = read(&written).expect(&written);
            assert_eq!(back.to_bits(), number.to_bits(), "{written}");
        }
        assert_eq!(read::<f64>("1e400"), None);
        for number in [0, u64::MAX] {
            assert_eq!(read(&line(&number)), Some(number));
        }
        assert_eq!(read::<u64>("18446744073709551616"), None);
        for number in [i32::MIN, i32::MAX] {
            assert_eq!(read(&line(&number)), Some(number));
        }
    }

    #[test]
    fn garbage_is_not_read_and_does_no_harm() {
        let whole = r#"{"name":"\u00e9\ud83d\udd12\n🔒","count":41,"more":[0,-1]}"#;
        assert!(read::<Sample>(whole).is_some());
        for end in (0..whole.len()).filter(|&end| whole.is_char_boundary(end)) {
            let cut = &whole[..end];
            assert_eq!(read::<Sample>(cut), None, "{cut}");
            for garbage in ["\0", "\u{1e}case", "é", "\"", "\\", "\\u", "]", "-"] {
                assert_eq!(read::<Sample>(&format!("{cut}{garbage}")), None, "{cut}");
            }
        }
        // A recursive reader would need a stack as deep as the nesting.
        for open in ["[", "{\"more\":", "{\"a\":["] {
            assert_eq!(read::<Sample>(&open.repeat(100_000)), None);
        }
    }
}

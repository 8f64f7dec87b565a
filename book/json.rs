//! Values as JSON, there and back.

use serde_json::{Map, Value};

/// A value that can be written as JSON and read again.
pub trait Json: Sized {
    /// The value as JSON.
    fn to_json(&self) -> Value;

    /// The value that `json` says, if it is one of this type.
    fn from_json(json: &Value) -> Option<Self>;
}

/// The value that the text of a file says, if it is JSON of this type.
pub fn read<T: Json>(text: &str) -> Option<T> {
    T::from_json(&serde_json::from_str(text).ok()?)
}

/// The field of an object, if it has a value of this type.
pub fn field<T: Json>(object: &Value, name: &str) -> Option<T> {
    // A field that is not there is as good as null.
    T::from_json(object.get(name).unwrap_or(&Value::Null))
}

/// An object with these fields.
pub fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let fields = fields.map(|(name, value)| (name.to_owned(), value));
    Value::Object(Map::from_iter(fields))
}

/// A struct is an object with the same fields.
macro_rules! json_fields {
    ($type:ident { $($field:ident),+ $(,)? }) => {
        impl $crate::json::Json for $type {
            fn to_json(&self) -> serde_json::Value {
                $crate::json::object([
                    $((stringify!($field), $crate::json::Json::to_json(&self.$field))),+
                ])
            }

            fn from_json(json: &serde_json::Value) -> Option<$type> {
                Some($type {
                    $($field: $crate::json::field(json, stringify!($field))?),+
                })
            }
        }
    };
}
pub(crate) use json_fields;

impl Json for String {
    fn to_json(&self) -> Value {
        Value::from(self.as_str())
    }

    fn from_json(json: &Value) -> Option<String> {
        json.as_str().map(str::to_owned)
    }
}

impl Json for bool {
    fn to_json(&self) -> Value {
        Value::from(*self)
    }

    fn from_json(json: &Value) -> Option<bool> {
        json.as_bool()
    }
}

impl Json for f64 {
    fn to_json(&self) -> Value {
        Value::from(*self)
    }

    fn from_json(json: &Value) -> Option<f64> {
        json.as_f64()
    }
}

impl Json for i32 {
    fn to_json(&self) -> Value {
        Value::from(*self)
    }

    fn from_json(json: &Value) -> Option<i32> {
        json.as_i64()?.try_into().ok()
    }
}

macro_rules! json_unsigned {
    ($($type:ident)+) => {$(
        impl Json for $type {
            fn to_json(&self) -> Value {
                Value::from(*self)
            }

            fn from_json(json: &Value) -> Option<$type> {
                json.as_u64()?.try_into().ok()
            }
        }
    )+};
}
json_unsigned!(u32 u64 usize);

impl<T: Json> Json for Option<T> {
    fn to_json(&self) -> Value {
        self.as_ref().map_or(Value::Null, Json::to_json)
    }

    fn from_json(json: &Value) -> Option<Option<T>> {
        if json.is_null() {
            Some(None)
        } else {
            T::from_json(json).map(Some)
        }
    }
}

impl<T: Json> Json for Vec<T> {
    fn to_json(&self) -> Value {
        self.iter().map(Json::to_json).collect()
    }

    fn from_json(json: &Value) -> Option<Vec<T>> {
        json.as_array()?.iter().map(T::from_json).collect()
    }
}

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
            let text = sample.to_json().to_string();
            assert_eq!(read(&text), Some(sample));
        }
    }

    #[test]
    fn what_is_of_another_type_is_not_read() {
        for other in [
            "",
            "[]",
            "{}",
            r#"{"name":"a"}"#,
            r#"{"name":1,"count":1}"#,
            r#"{"name":"a","count":-1}"#,
            r#"{"name":"a","count":4294967296}"#,
            r#"{"name":"a","count":1,"more":["b"]}"#,
        ] {
            assert_eq!(read::<Sample>(other), None, "{other}");
        }
        // What may be missing may be left out.
        assert!(read::<Sample>(r#"{"name":"a","count":1}"#).is_some());
    }
}

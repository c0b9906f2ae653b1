use super::*;
use seodang_core::DType;

fn sample() -> Group {
    let mut root = Group::new();
    for (i, &dtype) in DType::ALL.iter().enumerate() {
        let array = Array::from_fn(dtype, [2, 3], |k| (k % 2) as f64);
        root.insert(&format!("types/{dtype}/{i}"), array).unwrap();
    }
    root.insert("scalar", Array::scalar(7i64)).unwrap();
    root.insert("empty", Array::zeros(DType::F32, [0, 3])).unwrap();
    root.set_text("한국어 속성", "값: 서당");
    root.set_text("long", "0123456789".repeat(20_000));
    let group = root.make_group("층 하나/vars").unwrap();
    group
        .attributes
        .insert("names".into(), Attribute::Texts(vec!["a/kernel".into(), "편향".into()]));
    group.attributes.insert("one".into(), Attribute::Texts(vec!["only".into()]));
    group.attributes.insert("none".into(), Attribute::Numbers(vec![]));
    group.attributes.insert("count".into(), Attribute::Integer(-3));
    group.attributes.insert("rate".into(), Attribute::Number(0.5));
    root
}

#[test]
fn trees_survive_and_bytes_are_determined() {
    let root = sample();
    let bytes = write(&root).unwrap();
    assert_eq!(bytes, write(&root).unwrap());
    let back = read(bytes).unwrap();
    assert_eq!(back.text("long").map(str::len), Some(200_000));
    for (name, node) in &root.children {
        assert_eq!(back.children.get(name), Some(node), "{name}");
    }
    assert!(back == root, "{:?}", back.attributes.keys());
}

#[test]
fn paths_lead_to_what_was_put_there() {
    let root = sample();
    assert_eq!(root.array("scalar").unwrap().item().unwrap(), 7.0);
    assert!(root.group("층 하나/vars").is_some() && root.group("").is_some());
    assert!(root.get("scalar/0").is_none() && root.array("types").is_none());
    assert_eq!(root.arrays().len(), DType::ALL.len() + 2);
    let mut root = root;
    let array = || Array::scalar(0f32);
    for path in ["scalar", "scalar/x", "", "a//b", "a/", "/a", "."] {
        assert!(root.insert(path, array()).is_err(), "{path:?}");
    }
}

#[test]
fn too_deep_is_an_error() {
    let mut root = Group::new();
    root.make_group(&vec!["g"; DEPTH + 1].join("/")).unwrap();
    assert!(write(&root).is_err());
}

#[test]
fn other_files_are_errors() {
    for bytes in [&b""[..], b"PK\x03\x04", b"\x89HDF\r\n\x1a\n", &[0; 4096]] {
        let e = read(bytes.to_vec()).unwrap_err();
        assert_eq!(e.kind(), seodang_core::ErrorKind::Format, "{e}");
    }
}

#[test]
fn long_lists_of_names_are_split_and_joined() {
    let mut root = Group::new();
    let names: Vec<String> = (0..9000).map(|i| format!("a_rather_long_layer_name_{i}")).collect();
    root.attributes.insert("layer_names".into(), Attribute::Texts(names));
    let bytes = write(&root).unwrap();
    assert!(bytes.windows(12).any(|w| w == b"layer_names2"));
    assert_eq!(read(bytes).unwrap(), root);
}

//! From a tree to bytes.

use super::read::FLOATS;
use super::{Attribute, DEPTH, Dataset, Group, Node, SPLIT};
use hdf5_pure::{
    AttrValue, DatasetBuilder, Datatype, DatatypeByteOrder, EnumTypeBuilder, FileBuilder,
    FixedPointLayout, GroupBuilder, make_i8_type,
};
use seodang_core::{DType, Error, Result, text};
use std::collections::BTreeMap;

/// The bytes of a file that holds a tree. Equal trees give equal bytes.
///
/// # Errors
/// `Value`, if groups lie in each other too deep or a text is too long for the format.
pub fn write(root: &Group) -> Result<Vec<u8>> {
    let broken = |e: Box<dyn std::error::Error + Send + Sync>| {
        Error::value(text!(
            en: "the values cannot be written as HDF5",
            ko: "값을 HDF5로 쓸 수 없습니다"
        ))
        .source_error(e)
    };
    let mut file = FileBuilder::new();
    for (name, node) in &root.children {
        match node {
            Node::Dataset(dataset) => fill(file.create_dataset(name), dataset)?,
            Node::Group(group) => {
                let mut builder = file.create_group(name);
                fill_group(&mut builder, group, 1)?;
                file.add_group(builder.finish());
            }
        }
    }
    for (name, value) in attributes(&root.attributes) {
        file.set_attr(&name, value);
    }
    file.finish().map_err(|e| broken(e.into()))
}

fn fill_group(builder: &mut GroupBuilder, group: &Group, depth: usize) -> Result<()> {
    if depth > DEPTH {
        return Err(Error::value(text!(
            en: "groups lie in each other more than {DEPTH} deep",
            ko: "그룹이 {DEPTH}단계보다 깊게 겹쳐 있습니다"
        )));
    }
    for (name, node) in &group.children {
        match node {
            Node::Dataset(dataset) => fill(builder.create_dataset(name), dataset)?,
            Node::Group(inner) => {
                let mut below = builder.create_group(name);
                fill_group(&mut below, inner, depth + 1)?;
                builder.add_group(below.finish());
            }
        }
    }
    for (name, value) in attributes(&group.attributes) {
        builder.set_attr(&name, value);
    }
    Ok(())
}

fn fill(builder: &mut DatasetBuilder, dataset: &Dataset) -> Result<()> {
    let array = &dataset.array;
    let shape: Vec<u64> = array.shape().iter().map(|&n| n as u64).collect();
    let datatype = datatype(array.dtype())?;
    builder.with_raw_data(datatype, array.bytes().to_vec(), array.size() as u64);
    builder.with_shape(&shape);
    if array.dtype() == DType::BF16 {
        // Keras knows the type by this alone, and compares it with a text of variable length.
        builder.set_attr("dtype", AttrValue::VarLenString("bfloat16".into()));
    }
    for (name, value) in &dataset.attributes {
        builder.set_attr(name, attribute(value));
    }
    Ok(())
}

/// The most texts of one attribute: sixteen bytes stand for each, and a header message has less
/// than 64 KiB.
const TEXTS: usize = 4000;

fn attributes(all: &BTreeMap<String, Attribute>) -> Vec<(String, AttrValue)> {
    let mut list = Vec::new();
    for (name, value) in all {
        match value {
            Attribute::Texts(texts) if texts.len() > TEXTS && SPLIT.contains(&name.as_str()) => {
                let parts = texts.chunks(TEXTS).map(|part| Attribute::Texts(part.to_vec()));
                list.extend(parts.enumerate().map(|(i, p)| (format!("{name}{i}"), attribute(&p))));
            }
            value => list.push((name.clone(), attribute(value))),
        }
    }
    list
}

fn attribute(value: &Attribute) -> AttrValue {
    match value {
        Attribute::Text(text) => AttrValue::VarLenString(text.clone()),
        Attribute::Texts(list) if list.is_empty() => AttrValue::F64Array(Vec::new()),
        Attribute::Texts(list) => AttrValue::VarLenStringArray(list.clone()),
        Attribute::Integer(number) => AttrValue::I64(*number),
        Attribute::Number(number) => AttrValue::F64(*number),
        Attribute::Numbers(list) => AttrValue::F64Array(list.clone()),
    }
}

fn datatype(dtype: DType) -> Result<Datatype> {
    let byte_order = DatatypeByteOrder::LittleEndian;
    let size = dtype.size() as u32;
    let whole = |signed: bool| Datatype::FixedPoint {
        size,
        byte_order,
        layout: FixedPointLayout { signed, bit_offset: 0, bit_precision: size as u16 * 8 },
    };
    Ok(match dtype {
        DType::Bool => EnumTypeBuilder::with_base(make_i8_type())
            .value("FALSE", 0)
            .value("TRUE", 1)
            .build()
            .map_err(|e| {
                Error::internal(text!(en: "the type of booleans", ko: "불리언의 타입"))
                    .source_error(e)
            })?,
        DType::I8 | DType::I16 | DType::I32 | DType::I64 => whole(true),
        DType::U8 | DType::U16 | DType::U32 | DType::U64 => whole(false),
        // An empty tag: others must be padded, or libhdf5 refuses the array.
        DType::BF16 => Datatype::Opaque { size, tag: Vec::new() },
        DType::F16 | DType::F32 | DType::F64 => {
            let layout =
                FLOATS.iter().find(|(known, _)| *known == dtype).map(|(_, layout)| *layout);
            let layout = layout.ok_or_else(|| {
                Error::internal(text!(en: "no layout for {dtype}", ko: "{dtype}의 배치가 없습니다"))
            })?;
            Datatype::FloatingPoint { size, byte_order, layout }
        }
    })
}

//! From bytes to a tree.

use super::{Attribute, DEPTH, Dataset, Group, Node, SPLIT, damaged};
use hdf5_pure::{
    AttrValue, Datatype, DatatypeByteOrder, File, FixedPointLayout, FloatingPointLayout, Layout,
};
use seodang_core::{Array, DType, Error, Result, text};
use std::collections::{BTreeMap, HashMap};

/// The most groups and arrays of a file. Keras's largest models have some thousands; links can make
/// a small file list the same group any number of times.
const OBJECTS: usize = 1 << 20;

/// How many times its size compressed data may have: deflate cannot do better.
const RATIO: u64 = 1032;

/// What may still be read of a file.
struct Budget {
    objects: usize,
    /// Bytes of arrays that lie in the file as they are.
    plain: u64,
    /// Bytes of arrays in chunks, which may be compressed.
    chunked: u64,
}

/// The tree of a file.
///
/// # Errors
/// `Format`, if the bytes are not an HDF5 file or it is damaged; `Unsupported`, if it holds arrays
/// of something else than numbers.
///
/// ```
/// use seodang_core::Array;
/// use seodang_nn::saving::hdf5;
///
/// let mut root = hdf5::Group::new();
/// root.insert("layers/dense/vars/0", Array::from_slice([2], &[1.0f32, 2.0])?)?;
/// let bytes = hdf5::write(&root)?;
/// assert_eq!(hdf5::read(bytes)?, root);
/// # Ok::<(), seodang_core::Error>(())
/// ```
pub fn read(bytes: Vec<u8>) -> Result<Group> {
    let size = bytes.len() as u64;
    let file = File::from_bytes(bytes).map_err(damaged)?;
    let mut budget = Budget {
        objects: OBJECTS,
        // An array may be linked twice, but a file does not grow by being read.
        plain: size.saturating_mul(2),
        chunked: size.saturating_mul(RATIO).min(64 << 30),
    };
    read_group(&file.root(), 0, &mut budget)
}

fn read_group(group: &hdf5_pure::Group, depth: usize, budget: &mut Budget) -> Result<Group> {
    if depth > DEPTH {
        return Err(too_much(text!(
            en: "groups lie in each other more than {DEPTH} deep",
            ko: "그룹이 {DEPTH}단계보다 깊게 겹쳐 있습니다"
        )));
    }
    let mut children = BTreeMap::new();
    for (name, dataset) in group.iter_datasets().map_err(damaged)? {
        budget.object()?;
        let read = read_dataset(&dataset, budget)
            .map_err(|e| e.during(text!(en: "the array \"{name}\"", ko: "배열 \"{name}\"")))?;
        children.insert(name, Node::Dataset(read));
    }
    for (name, inner) in group.iter_groups().map_err(damaged)? {
        budget.object()?;
        let read = read_group(&inner, depth + 1, budget)?;
        children.insert(name, Node::Group(read));
    }
    let attributes = attributes(group.attrs().map_err(damaged)?);
    Ok(Group { attributes, children })
}

impl Budget {
    fn object(&mut self) -> Result<()> {
        match self.objects.checked_sub(1) {
            Some(left) => self.objects = left,
            None => {
                return Err(too_much(text!(
                    en: "more than {OBJECTS} groups and arrays",
                    ko: "그룹과 배열이 {OBJECTS}개를 넘습니다"
                )));
            }
        }
        Ok(())
    }
}

fn too_much(what: seodang_core::Text) -> Error {
    Error::format(text!(
        en: "the HDF5 file claims to hold more than a file of its size can",
        ko: "HDF5 파일이 그 크기로 담을 수 있는 것보다 많은 것을 담고 있다고 합니다"
    ))
    .given("found", what.en)
}

fn attributes(read: HashMap<String, AttrValue>) -> BTreeMap<String, Attribute> {
    let convert = |value: &AttrValue| -> Option<Attribute> {
        // A list of one name must stay a list, which the accessors of single values do not tell.
        if is_texts(value) {
            return value.as_strings().map(|list| Attribute::Texts(list.to_vec()));
        }
        if let Some(text) = value.as_str() {
            return Some(Attribute::Text(text.to_string()));
        }
        if let Some(number) = value.as_i64() {
            return Some(Attribute::Integer(number));
        }
        if let Some(number) = value.as_f64() {
            return Some(Attribute::Number(number));
        }
        value.to_f64s().map(Attribute::Numbers)
    };
    let mut all: BTreeMap<String, Attribute> =
        read.iter().filter_map(|(name, value)| Some((name.clone(), convert(value)?))).collect();
    SPLIT.iter().for_each(|name| join(&mut all, name));
    all
}

fn is_texts(value: &AttrValue) -> bool {
    matches!(
        value,
        AttrValue::StringArray(_)
            | AttrValue::StringArraySized { .. }
            | AttrValue::AsciiStringArray(_)
            | AttrValue::AsciiStringArraySized { .. }
            | AttrValue::VarLenAsciiCharArray(_)
            | AttrValue::VarLenStringArray(_)
            | AttrValue::VarLenAsciiStringArray(_)
    )
}

/// Puts a list together that Keras split over `name0`, `name1`, ..., being too long for one header.
fn join(attributes: &mut BTreeMap<String, Attribute>, name: &str) {
    if attributes.contains_key(name) {
        return;
    }
    let mut list = Vec::new();
    let mut parts = 0;
    while let Some(part) = attributes.get(&format!("{name}{parts}")).and_then(Attribute::as_texts) {
        list.extend_from_slice(part);
        parts += 1;
    }
    if parts > 0 {
        (0..parts).for_each(|i| drop(attributes.remove(&format!("{name}{i}"))));
        attributes.insert(name.to_string(), Attribute::Texts(list));
    }
}

/// How the elements of an array lie in the file.
struct Elements {
    dtype: DType,
    big_endian: bool,
}

fn read_dataset(dataset: &hdf5_pure::Dataset, budget: &mut Budget) -> Result<Dataset> {
    let datatype = dataset.datatype().map_err(damaged)?;
    let mut attributes = attributes(dataset.attrs().map_err(damaged)?);
    let noted = attributes.get("dtype").and_then(Attribute::as_text);
    let Elements { dtype, big_endian } = elements(&datatype, noted).ok_or_else(|| {
        Error::unsupported(text!(
            en: "the elements of the array are no numbers of a known type",
            ko: "배열의 원소가 알려진 타입의 수가 아닙니다"
        ))
        .given("type", datatype.to_string())
    })?;
    let shape = dataset.shape().map_err(damaged)?;
    let size = byte_size(&shape, dtype.size() as u64)?;
    let left = match dataset.layout().map_err(damaged)? {
        Layout::Chunked { chunk_shape, .. } => {
            // A chunk is unpacked as a whole, however little of it the array has.
            let chunk = byte_size(&chunk_shape, dtype.size() as u64)?;
            if chunk > budget.chunked {
                return Err(claims(chunk));
            }
            &mut budget.chunked
        }
        Layout::Virtual => {
            return Err(Error::unsupported(text!(
                en: "the array's data lies in other files",
                ko: "배열의 데이터가 다른 파일에 있습니다"
            )));
        }
        _ => &mut budget.plain,
    };
    *left = left.checked_sub(size).ok_or_else(|| claims(size))?;
    let mut bytes = dataset.read_raw().map_err(damaged)?;
    if bytes.len() as u64 != size {
        return Err(claims(size));
    }
    if big_endian {
        bytes.chunks_exact_mut(dtype.size()).for_each(<[u8]>::reverse);
    }
    if dtype == DType::BF16 {
        // It says what the array's own type says here; writing puts it there again.
        attributes.remove("dtype");
    }
    if dtype == DType::Bool {
        bytes.iter_mut().for_each(|b| *b = u8::from(*b != 0));
    }
    let shape: Vec<usize> = shape.iter().map(|&n| n as usize).collect();
    Ok(Dataset { array: Array::from_bytes(dtype, shape, &bytes)?, attributes })
}

/// The number of bytes of an array, which also bounds each of its dimensions.
fn byte_size(shape: &[u64], element: u64) -> Result<u64> {
    let product = shape.iter().try_fold(element, |n, &d| n.checked_mul(d));
    // A dimension of 0 must not let the others be anything.
    let largest = shape.iter().copied().max().unwrap_or(0);
    match product {
        Some(size) if largest < 1 << 48 && shape.len() <= 32 => Ok(size),
        _ => Err(claims(u64::MAX)),
    }
}

fn claims(size: u64) -> Error {
    too_much(text!(en: "an array of {size} bytes", ko: "{size}바이트의 배열"))
}

fn elements(datatype: &Datatype, noted: Option<&str>) -> Option<Elements> {
    let whole = |size: u32, signed: bool| match (size, signed) {
        (1, true) => Some(DType::I8),
        (2, true) => Some(DType::I16),
        (4, true) => Some(DType::I32),
        (8, true) => Some(DType::I64),
        (1, false) => Some(DType::U8),
        (2, false) => Some(DType::U16),
        (4, false) => Some(DType::U32),
        (8, false) => Some(DType::U64),
        _ => None,
    };
    let big = |order: &DatatypeByteOrder| match order {
        DatatypeByteOrder::LittleEndian => Some(false),
        DatatypeByteOrder::BigEndian => Some(true),
        _ => None,
    };
    let (dtype, big_endian) = match datatype {
        Datatype::FixedPoint { size, byte_order, layout } => {
            let FixedPointLayout { signed, bit_offset, bit_precision } = *layout;
            let full = bit_offset == 0 && u32::from(bit_precision) == size.checked_mul(8)?;
            (whole(*size, signed).filter(|_| full)?, big(byte_order)?)
        }
        Datatype::FloatingPoint { byte_order, layout, .. } => {
            let float = FLOATS.iter().find(|(_, known)| known == layout);
            (float.map(|(dtype, _)| *dtype)?, big(byte_order)?)
        }
        // How h5py keeps booleans.
        Datatype::Enumeration { size: 1, .. } => (DType::Bool, false),
        // How Keras keeps bfloat16, for which NumPy has no type.
        Datatype::Opaque { size: 2, .. } if matches!(noted, None | Some("bfloat16")) => {
            (DType::BF16, false)
        }
        _ => return None,
    };
    Some(Elements { dtype, big_endian })
}

/// The floating-point types and how their bits lie.
pub(super) const FLOATS: [(DType, FloatingPointLayout); 4] = [
    (DType::F16, float(16, 5, 10)),
    (DType::BF16, float(16, 8, 7)),
    (DType::F32, float(32, 8, 23)),
    (DType::F64, float(64, 11, 52)),
];

const fn float(bits: u16, exponent: u8, mantissa: u8) -> FloatingPointLayout {
    FloatingPointLayout {
        bit_offset: 0,
        bit_precision: bits,
        exponent_location: mantissa,
        exponent_size: exponent,
        mantissa_location: 0,
        mantissa_size: mantissa,
        exponent_bias: (1 << (exponent - 1)) - 1,
    }
}

//! Pictures in files: JPEG, PNG, BMP and GIF as arrays, JPEG and PNG from arrays. No size that a file
//! claims is trusted: what is too large is refused before memory is taken for it.

use crate::convert::{array_of, to_numpy};
use crate::errors::{OrRaise, invalid};
use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{
    AnimationDecoder, DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat,
    ImageReader, Limits,
};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use seodang_core::{Array, DType};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The most points of a picture, or of all frames of an animation together.
const MAX_POINTS: u64 = 1 << 27;

/// The most memory that a decoder may take, in bytes: 1 GiB.
const MAX_MEMORY: u64 = 1 << 30;

/// Points of a picture, row by row, with their channels.
enum Points {
    Eight(Vec<u8>),
    Sixteen(Vec<u16>),
}

struct Picture {
    width: usize,
    height: usize,
    channels: usize,
    points: Points,
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    limits
}

fn too_large(width: u32, height: u32) -> String {
    format!("Image is too large: {width} x {height} points, at most {MAX_POINTS} are read")
}

/// Runs a decoder of others: what it cannot read, or stumbles over, is an error.
fn guarded<T>(run: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| Err("the file is damaged".to_string()))
}

fn still(bytes: &[u8], format: ImageFormat) -> Result<Picture, String> {
    let reader = |bytes| {
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        reader.limits(limits());
        reader
    };
    let (width, height) = reader(bytes).into_dimensions().map_err(|e| e.to_string())?;
    if u64::from(width) * u64::from(height) > MAX_POINTS {
        return Err(too_large(width, height));
    }
    let image = reader(bytes).decode().map_err(|e| e.to_string())?;
    let (width, height) = (image.width() as usize, image.height() as usize);
    let channels = usize::from(image.color().channel_count());
    let points = match image {
        DynamicImage::ImageLuma16(b) => Points::Sixteen(b.into_raw()),
        DynamicImage::ImageLumaA16(b) => Points::Sixteen(b.into_raw()),
        DynamicImage::ImageRgb16(b) => Points::Sixteen(b.into_raw()),
        DynamicImage::ImageRgba16(b) => Points::Sixteen(b.into_raw()),
        other => Points::Eight(other.into_bytes()),
    };
    Ok(Picture { width, height, channels, points })
}

/// The red, green and blue of an animation's frames, one after the other; only the first if asked.
fn frames(bytes: &[u8], first: bool) -> Result<(usize, Picture), String> {
    let mut decoder = GifDecoder::new(Cursor::new(bytes)).map_err(|e| e.to_string())?;
    let (width, height) = decoder.dimensions();
    let size = u64::from(width) * u64::from(height);
    if size > MAX_POINTS {
        return Err(too_large(width, height));
    }
    decoder.set_limits(limits()).map_err(|e| e.to_string())?;
    let (mut points, mut count) = (Vec::new(), 0);
    for frame in decoder.into_frames() {
        let frame = frame.map_err(|e| e.to_string())?;
        count += 1;
        if size * count as u64 > MAX_POINTS {
            return Err(too_large(width, height));
        }
        points.extend(frame.buffer().pixels().flat_map(|p| [p.0[0], p.0[1], p.0[2]]));
        if first {
            break;
        }
    }
    if count == 0 {
        return Err("the file has no frame".to_string());
    }
    let picture = Picture {
        width: width as usize,
        height: height as usize,
        channels: 3,
        points: Points::Eight(points),
    };
    Ok((count, picture))
}

/// `(name, array)` of a picture's bytes: its format ("jpeg", "png", "bmp", "gif") and u8 or u16
/// `[height, width, channels]` with the channels of the file. A GIF has all frames:
/// `[frames, height, width, 3]`, or its first alone. Raises InvalidArgumentError.
#[pyfunction]
#[pyo3(signature = (data, first_frame = false))]
fn decode_picture<'py>(
    py: Python<'py>,
    data: &Bound<'py, PyBytes>,
    first_frame: bool,
) -> PyResult<(&'static str, Bound<'py, PyAny>)> {
    let bytes = data.as_bytes().to_vec();
    let (name, format) = match image::guess_format(&bytes) {
        Ok(format @ ImageFormat::Jpeg) => ("jpeg", format),
        Ok(format @ ImageFormat::Png) => ("png", format),
        Ok(format @ ImageFormat::Bmp) => ("bmp", format),
        Ok(format @ ImageFormat::Gif) => ("gif", format),
        _ => {
            let message = "Unknown image file format. One of JPEG, PNG, GIF, BMP required.";
            return Err(invalid(py, message.to_string()));
        }
    };
    let (count, picture) = py
        .detach(|| {
            guarded(|| match format {
                ImageFormat::Gif => frames(&bytes, first_frame).map(|(n, p)| (Some(n), p)),
                _ => still(&bytes, format).map(|p| (None, p)),
            })
        })
        .map_err(|e| {
            invalid(py, format!("Invalid {} data, size {}: {e}", name.to_uppercase(), bytes.len()))
        })?;
    let mut shape = vec![picture.height, picture.width, picture.channels];
    if let (Some(count), false) = (count, first_frame) {
        shape.insert(0, count);
    }
    let array = match picture.points {
        Points::Eight(v) => Array::from_vec(shape, v),
        Points::Sixteen(v) => Array::from_vec(shape, v),
    };
    Ok((name, to_numpy(py, &array.or_raise()?)?.into_any()))
}

/// An array `[height, width, channels]` that is to be written, with its sides.
fn to_write(py: Python<'_>, image: &Bound<'_, PyAny>) -> PyResult<(Array, u32, u32, usize)> {
    let array = array_of(image)?;
    let (height, width, channels) = match *array.shape().dims() {
        [h, w, c] if h > 0 && w > 0 => (h, w, c),
        _ => {
            let message = format!(
                "image must have 3 dimensions, none of them 0, got shape {:?}",
                array.shape().dims()
            );
            return Err(invalid(py, message));
        }
    };
    match (u32::try_from(width), u32::try_from(height)) {
        (Ok(w), Ok(h)) => Ok((array, w, h, channels)),
        _ => Err(invalid(py, format!("image is too large: {width} x {height} points"))),
    }
}

/// The bytes of a JPEG file with a u8 picture of one or three channels.
#[pyfunction]
fn encode_jpeg<'py>(
    py: Python<'py>,
    image: &Bound<'py, PyAny>,
    quality: u8,
) -> PyResult<Bound<'py, PyBytes>> {
    let (array, width, height, channels) = to_write(py, image)?;
    let color = match channels {
        1 => ExtendedColorType::L8,
        3 => ExtendedColorType::Rgb8,
        n => return Err(invalid(py, format!("image must have 1 or 3 channels, got {n}"))),
    };
    let points = array.as_slice::<u8>().or_raise()?;
    let mut out = Vec::new();
    py.detach(|| {
        JpegEncoder::new_with_quality(&mut out, quality).write_image(points, width, height, color)
    })
    .map_err(|e| invalid(py, format!("JPEG encoding failed: {e}")))?;
    Ok(PyBytes::new(py, &out))
}

/// The bytes of a PNG file with a u8 or u16 picture of one to four channels; `compression` from 0 to 9.
#[pyfunction]
fn encode_png<'py>(
    py: Python<'py>,
    image: &Bound<'py, PyAny>,
    compression: Option<u8>,
) -> PyResult<Bound<'py, PyBytes>> {
    let (array, width, height, channels) = to_write(py, image)?;
    let wide = array.dtype() == DType::U16;
    let color = match (channels, wide) {
        (1, false) => ExtendedColorType::L8,
        (2, false) => ExtendedColorType::La8,
        (3, false) => ExtendedColorType::Rgb8,
        (4, false) => ExtendedColorType::Rgba8,
        (1, true) => ExtendedColorType::L16,
        (2, true) => ExtendedColorType::La16,
        (3, true) => ExtendedColorType::Rgb16,
        (4, true) => ExtendedColorType::Rgba16,
        (n, _) => {
            return Err(invalid(py, format!("image must have 1, 2, 3 or 4 channels, got {n}")));
        }
    };
    let points = if wide {
        let wide = array.as_slice::<u16>().or_raise()?;
        wide.iter().flat_map(|v| v.to_ne_bytes()).collect()
    } else {
        array.as_slice::<u8>().or_raise()?.to_vec()
    };
    let level = compression.map_or(CompressionType::Default, CompressionType::Level);
    let mut out = Vec::new();
    py.detach(|| {
        PngEncoder::new_with_quality(&mut out, level, FilterType::Adaptive)
            .write_image(&points, width, height, color)
    })
    .map_err(|e| invalid(py, format!("PNG encoding failed: {e}")))?;
    Ok(PyBytes::new(py, &out))
}

pub(crate) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(decode_picture, m)?)?;
    m.add_function(wrap_pyfunction!(encode_jpeg, m)?)?;
    m.add_function(wrap_pyfunction!(encode_png, m)?)
}

//! Pictures: PNG and JPEG files as arrays, and drawings of digits as a data set has them.
//!
//! Images are `u8[height, width, channels]` with one channel (grey) or three (red, green, blue).
//!
//! ```
//! use seodang_core::{Array, DType};
//! use seodang_data::images;
//!
//! // A dark stroke on white paper becomes a light digit on black, centred, as in MNIST.
//! let mut paper = Array::full(DType::U8, [90, 60, 1], 255.0);
//! for y in 20..70 {
//!     paper.as_mut_slice::<u8>()?[y * 60 + 10] = 0;
//! }
//! let digit = images::digit(&paper, 28, 28, 255)?;
//! assert_eq!(digit.shape().dims(), [28, 28]);
//! assert_eq!(digit.as_slice::<u8>()?[0], 0);
//! # Ok::<(), seodang_core::Error>(())
//! ```

use crate::excerpt;
use image::imageops::{self, FilterType};
use image::{DynamicImage, GrayImage, ImageFormat, ImageReader, Limits, RgbImage};
use seodang_core::{Array, DType, Error, Result, text};
use std::io::Cursor;
use std::path::Path;

/// The largest file [`read`] accepts, in bytes: 256 MiB.
pub const MAX_BYTES: u64 = 256 << 20;

/// The largest width and height of an image.
pub const MAX_SIDE: u32 = 1 << 14;

/// The most memory that decoding an image may take, in bytes: 1 GiB.
const MAX_MEMORY: u64 = 1 << 30;

/// Reads a PNG or JPEG file that is in memory. Transparent pixels are put on white; 16 bits become
/// eight.
///
/// # Errors
/// `Format`, if the bytes are no such file, or it is damaged, or larger than [`MAX_SIDE`].
pub fn read(bytes: &[u8]) -> Result<Array> {
    let format = match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg)) => format,
        _ => {
            return Err(Error::format(text!(
                en: "this is neither a PNG nor a JPEG file",
                ko: "PNG 파일도 JPEG 파일도 아닙니다"
            ))
            .given("first bytes", format!("{:02x?}", &bytes[..bytes.len().min(8)])));
        }
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let image = reader.decode().map_err(|e| {
        let (name, most) = (format!("{format:?}").to_uppercase(), MAX_SIDE);
        Error::format(text!(
            en: "the {name} file is damaged, or larger than {most} pixels",
            ko: "{name} 파일이 손상되었거나 {most}픽셀보다 큽니다"
        ))
        .source_error(e)
    })?;
    let (width, height) = (image.width() as usize, image.height() as usize);
    if image.color().has_color() {
        let pixels = if image.color().has_alpha() {
            let rgba = image.into_rgba8();
            rgba.pixels().flat_map(|p| [0, 1, 2].map(|c| on_white(p.0[c], p.0[3]))).collect()
        } else {
            image.into_rgb8().into_raw()
        };
        Array::from_vec([height, width, 3], pixels)
    } else {
        let pixels = if image.color().has_alpha() {
            image.into_luma_alpha8().pixels().map(|p| on_white(p.0[0], p.0[1])).collect()
        } else {
            image.into_luma8().into_raw()
        };
        Array::from_vec([height, width, 1], pixels)
    }
}

/// Reads a PNG or JPEG file.
///
/// # Errors
/// `Io`, if the file cannot be read; otherwise as [`read()`]. Both name the file.
pub fn read_file(path: impl AsRef<Path>) -> Result<Array> {
    let path = path.as_ref();
    let bytes = crate::read_limited(path, MAX_BYTES)?;
    read(&bytes).map_err(|e| e.during(path.display().to_string()))
}

fn on_white(value: u8, alpha: u8) -> u8 {
    let (value, alpha) = (u32::from(value), u32::from(alpha));
    ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
}

/// The brightness of an image, `u8[height, width, 1]` (0.2126 red + 0.7152 green + 0.0722 blue,
/// ITU-R BT.709).
///
/// # Errors
/// `Shape` or `DType`, if it is not an image.
pub fn grayscale(image: &Array) -> Result<Array> {
    match to_image(image)? {
        DynamicImage::ImageLuma8(_) => Ok(image.clone()),
        colours => from_gray(colours.into_luma8()),
    }
}

/// The negative of an image: black becomes white.
///
/// # Errors
/// `DType`, if it is not `u8`.
pub fn invert(image: &Array) -> Result<Array> {
    let mut out = image.clone();
    out.as_mut_slice::<u8>()?.iter_mut().for_each(|v| *v = 255 - *v);
    Ok(out)
}

/// The image in another size, by linear interpolation; when it shrinks, each pixel is the weighted
/// mean of those it covers.
///
/// # Errors
/// `Shape` or `DType`, if it is not an image; `Value`, if a side is 0 or above [`MAX_SIDE`].
///
/// ```
/// use seodang_core::Array;
/// let image = Array::from_vec([2, 2, 1], vec![0u8, 0, 200, 200])?;
/// assert_eq!(seodang_data::images::resize(&image, 1, 1)?.to_vec::<u8>()?, [100]);
/// # Ok::<(), seodang_core::Error>(())
/// ```
pub fn resize(image: &Array, height: usize, width: usize) -> Result<Array> {
    check_side(height)?;
    check_side(width)?;
    let (h, w) = (height as u32, width as u32);
    match to_image(image)? {
        DynamicImage::ImageLuma8(i) => from_gray(imageops::resize(&i, w, h, FilterType::Triangle)),
        colours => {
            let out = imageops::resize(&colours.into_rgb8(), w, h, FilterType::Triangle);
            Array::from_vec([height, width, 3], out.into_raw())
        }
    }
}

/// A drawing or photograph of a digit in the form of a data set's images: `u8[height, width]`, 0
/// for the paper to `max` for ink. `max` is 255 for MNIST (28x28) and 16 for digits (8x8).
///
/// As the makers of MNIST did: the colours are turned if the border is light; what is fainter than
/// a quarter of the darkest ink is taken for paper; the digit is cut out and, keeping its
/// proportions, brought to fit within the image but for a margin of a seventh of its size (4 of 28
/// pixels; images of less than 14 pixels have none); then its centre of mass (without a margin,
/// its middle) is put into the centre.
///
/// # Errors
/// `Shape` or `DType`, if it is not an image; `Value`, if nothing is drawn on it, or a side is 0 or
/// above [`MAX_SIDE`].
pub fn digit(image: &Array, height: usize, width: usize, max: u8) -> Result<Array> {
    check_side(height)?;
    check_side(width)?;
    let mut ink = to_image(image)?.into_luma8();
    if border_mean(&ink) > 127.5 {
        imageops::invert(&mut ink);
    }
    let (low, high) = ink.pixels().fold((255, 0), |(l, h), p| (p.0[0].min(l), p.0[0].max(h)));
    let paper = low + (high - low) / 4;
    let drawn = |p: &image::Luma<u8>| p.0[0] > paper;
    let mut bounds: Option<[u32; 4]> = None;
    for (x, y, p) in ink.enumerate_pixels() {
        if drawn(p) {
            let [left, top, right, bottom] = bounds.unwrap_or([x, y, x, y]);
            bounds = Some([left.min(x), top.min(y), right.max(x), bottom.max(y)]);
        }
    }
    let Some([left, top, right, bottom]) = bounds else {
        return Err(Error::value(text!(
            en: "nothing is drawn on the image: all its pixels are alike",
            ko: "이미지에 그려진 것이 없습니다: 모든 픽셀이 같습니다"
        ))
        .given("image", format!("{}{}", image.dtype(), image.shape())));
    };
    let span = f32::from(high - paper);
    for p in ink.pixels_mut() {
        p.0[0] = (f32::from(p.0[0].saturating_sub(paper)) / span * 255.0).round() as u8;
    }
    let (w, h) = (right - left + 1, bottom - top + 1);
    let cut = imageops::crop_imm(&ink, left, top, w, h).to_image();

    let room = |side: usize| if side < 14 { side } else { side - 2 * (side / 7) };
    let scale = (room(width) as f64 / f64::from(w)).min(room(height) as f64 / f64::from(h));
    let fit = |length: u32, side: usize| {
        (f64::from(length) * scale).round().clamp(1.0, room(side) as f64) as u32
    };
    let small = imageops::resize(&cut, fit(w, width), fit(h, height), FilterType::Triangle);

    let (mut mass, mut x_mass, mut y_mass) = (0.0, 0.0, 0.0);
    for (x, y, p) in small.enumerate_pixels() {
        let m = f64::from(p.0[0]);
        mass += m;
        x_mass += m * (f64::from(x) + 0.5);
        y_mass += m * (f64::from(y) + 0.5);
    }
    // The digit must stay within the image, wherever its centre of mass is.
    let offset = |side: usize, length: u32, centre: f64| -> usize {
        let length = f64::from(length);
        let centre = if room(side) < side && mass > 0.0 { centre / mass } else { length / 2.0 };
        (side as f64 / 2.0 - centre).round().clamp(0.0, side as f64 - length) as usize
    };
    let (x0, y0) = (offset(width, small.width(), x_mass), offset(height, small.height(), y_mass));
    let mut out = Array::zeros(DType::U8, [height, width]);
    let pixels = out.as_mut_slice::<u8>()?;
    for (x, y, p) in small.enumerate_pixels() {
        let value = (f32::from(p.0[0]) / 255.0 * f32::from(max)).round() as u8;
        pixels[(y0 + y as usize) * width + x0 + x as usize] = value;
    }
    Ok(out)
}

fn border_mean(image: &GrayImage) -> f64 {
    let (w, h) = image.dimensions();
    let (mut sum, mut count) = (0u64, 0u64);
    for (x, y, p) in image.enumerate_pixels() {
        if x == 0 || y == 0 || x + 1 == w || y + 1 == h {
            sum += u64::from(p.0[0]);
            count += 1;
        }
    }
    sum as f64 / count.max(1) as f64
}

fn check_side(side: usize) -> Result<()> {
    if (1..=MAX_SIDE as usize).contains(&side) {
        return Ok(());
    }
    Err(Error::value(text!(
        en: "the side of an image must be from 1 to {MAX_SIDE} pixels",
        ko: "이미지의 한 변은 1~{MAX_SIDE}픽셀이어야 합니다"
    ))
    .given("side", side))
}

fn to_image(array: &Array) -> Result<DynamicImage> {
    let dims = match *array.shape().dims() {
        [h, w] => [h, w, 1],
        [h, w, c @ (1 | 3)] => [h, w, c],
        _ => [0; 3],
    };
    if dims.contains(&0) {
        return Err(Error::shape(text!(en: "this is not an image", ko: "이미지가 아닙니다"))
            .given("array", format!("{}{}", array.dtype(), array.shape()))
            .expected("[height, width], [height, width, 1], [height, width, 3]"));
    }
    check_side(dims[0])?;
    check_side(dims[1])?;
    let (pixels, h, w) = (array.to_vec::<u8>()?, dims[0] as u32, dims[1] as u32);
    let image = if dims[2] == 1 {
        GrayImage::from_raw(w, h, pixels).map(DynamicImage::ImageLuma8)
    } else {
        RgbImage::from_raw(w, h, pixels).map(DynamicImage::ImageRgb8)
    };
    image.ok_or_else(|| {
        let type_name = excerpt(&array.shape().to_string());
        Error::internal(text!(en: "no image of {type_name}", ko: "{type_name} 이미지가 없습니다"))
    })
}

fn from_gray(image: GrayImage) -> Result<Array> {
    let (width, height) = (image.width() as usize, image.height() as usize);
    Array::from_vec([height, width, 1], image.into_raw())
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ExtendedColorType, ImageEncoder};

    pub(crate) fn png(
        width: u32,
        height: u32,
        pixels: &[u8],
        colour: ExtendedColorType,
    ) -> Vec<u8> {
        let mut out = Vec::new();
        let to = image::codecs::png::PngEncoder::new(&mut out);
        to.write_image(pixels, width, height, colour).unwrap();
        out
    }

    #[test]
    fn files_become_arrays() {
        let gray = read(&png(2, 1, &[7, 200], ExtendedColorType::L8)).unwrap();
        assert_eq!((gray.shape().dims(), gray.bytes()), (&[1, 2, 1][..], &[7, 200][..]));
        let clear = read(&png(1, 2, &[9, 9, 9, 0, 10, 20, 30, 255], ExtendedColorType::Rgba8));
        assert_eq!(clear.unwrap().bytes(), [255, 255, 255, 10, 20, 30]);
        let clear = read(&png(1, 1, &[0, 51], ExtendedColorType::La8)).unwrap();
        assert_eq!(clear.bytes(), [204]);
        let mut jpeg = Vec::new();
        image::codecs::jpeg::JpegEncoder::new(&mut jpeg)
            .write_image(&[100; 8 * 8 * 3], 8, 8, ExtendedColorType::Rgb8)
            .unwrap();
        assert_eq!(read(&jpeg).unwrap().shape().dims(), [8, 8, 3]);
    }

    #[test]
    fn damaged_and_hostile_files_are_errors() {
        let e = read(b"GIF89a....").unwrap_err().to_string();
        assert!(e.contains("neither a PNG nor a JPEG"), "{e}");
        assert!(read(b"").is_err());
        let whole = png(3, 3, &[1; 9], ExtendedColorType::L8);
        assert!((0..whole.len() - 12).all(|end| read(&whole[..end]).is_err()));
        // A header that claims 2^31 - 1 pixels a side.
        let mut huge = whole.clone();
        huge[16..24].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]);
        assert!(read(&huge).is_err());
        let e = read_file("no/such.png").unwrap_err().to_string();
        assert!(e.contains("no/such.png"), "{e}");
    }

    #[test]
    fn colours_and_sizes_change() {
        let red = Array::from_vec([1, 1, 3], vec![255u8, 0, 0]).unwrap();
        let gray = grayscale(&red).unwrap();
        assert_eq!(gray.shape().dims(), [1, 1, 1]);
        assert!((53..=55).contains(&gray.bytes()[0]));
        assert_eq!(grayscale(&gray).unwrap(), gray);
        assert_eq!(invert(&red).unwrap().bytes(), [0, 255, 255]);
        assert_eq!(resize(&red, 2, 3).unwrap().shape().dims(), [2, 3, 3]);
        assert!(resize(&red, 0, 3).is_err() && resize(&red, 3, 1 << 20).is_err());
        assert!(resize(&Array::zeros(DType::F32, [2, 2]), 1, 1).is_err());
        assert!(grayscale(&Array::zeros(DType::U8, [2, 2, 2])).is_err());
        assert!(grayscale(&Array::zeros(DType::U8, [0, 2])).is_err());
        assert!(invert(&Array::zeros(DType::I32, [2])).is_err());
    }

    #[test]
    fn drawings_become_digits() {
        // A one: a dark bar, off centre, on light grey paper with a faint speck.
        let paper = Array::from_fn(DType::U8, [100, 100, 1], |i| match (i / 100, i % 100) {
            (10..60, 70..80) => 20.0,
            (90, 5) => 200.0,
            _ => 230.0,
        });
        for (height, width, max, rows, columns) in
            [(28, 28, 255, 4..24, 12..16), (8, 8, 16, 0..8, 3..5)]
        {
            let out = digit(&paper, height, width, max).unwrap();
            for (i, &v) in out.as_slice::<u8>().unwrap().iter().enumerate() {
                let inside = rows.contains(&(i / width)) && columns.contains(&(i % width));
                assert_eq!(v, if inside { max } else { 0 }, "pixel {i} of {height}x{width}");
            }
        }
        // Light on dark is the same digit.
        assert_eq!(
            digit(&invert(&paper).unwrap(), 28, 28, 255).unwrap(),
            digit(&paper, 28, 28, 255).unwrap()
        );
        let empty = Array::full(DType::U8, [5, 5], 9.0);
        assert!(digit(&empty, 28, 28, 255).unwrap_err().to_string().contains("nothing is drawn"));
        assert!(digit(&paper, 0, 28, 255).is_err());
    }
}

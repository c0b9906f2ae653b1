//! Sheets of small images with captions.

use super::style::{self, Anchor, Ink, LABEL, TICK, label, text_width};
use super::svg::Element;
use super::{Chart, Svg, canvas};
use resvg::tiny_skia::{IntSize, Pixmap};
use seodang_core::{Error, Lang, Result, text};

/// The longest side of an image on a sheet, in pixels.
const TILE: f64 = 84.0;

/// An image of 8-bit pixels with its caption.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetImage {
    width: usize,
    height: usize,
    rgba: Vec<u8>,
    caption: String,
    note: String,
}

impl SheetImage {
    /// A grayscale image, row by row: `pixels.len()` is `width * height`, 0 is black.
    ///
    /// # Errors
    ///
    /// [`Shape`](seodang_core::ErrorKind::Shape) when the pixels do not fill the image, or it has none.
    pub fn gray(width: usize, height: usize, pixels: &[u8]) -> Result<SheetImage> {
        SheetImage::new(width, height, 1, pixels)
    }

    /// A colour image, row by row, red, green and blue of a pixel together: `pixels.len()` is
    /// `width * height * 3`.
    ///
    /// # Errors
    ///
    /// [`Shape`](seodang_core::ErrorKind::Shape) when the pixels do not fill the image, or it has none.
    pub fn rgb(width: usize, height: usize, pixels: &[u8]) -> Result<SheetImage> {
        SheetImage::new(width, height, 3, pixels)
    }

    fn new(width: usize, height: usize, channels: usize, pixels: &[u8]) -> Result<SheetImage> {
        let wanted = width.checked_mul(height).and_then(|n| n.checked_mul(channels));
        if pixels.is_empty() || wanted != Some(pixels.len()) || width.max(height) > 1 << 15 {
            return Err(Error::shape(text!(
                en: "the pixels do not fill the image", ko: "픽셀 수가 그림 크기와 맞지 않습니다"
            ))
            .given("width", width)
            .given("height", height)
            .given("channels", channels)
            .given("bytes", pixels.len()));
        }
        let rgba = match channels {
            1 => pixels.iter().flat_map(|&g| [g, g, g, 255]).collect(),
            _ => pixels.chunks_exact(3).flat_map(|p| [p[0], p[1], p[2], 255]).collect(),
        };
        Ok(SheetImage { width, height, rgba, caption: String::new(), note: String::new() })
    }

    /// Sets the line under the image, such as `7 → 1`.
    pub fn caption(mut self, text: impl Into<String>) -> SheetImage {
        self.caption = text.into();
        self
    }

    /// Sets a second, quieter line, such as how sure the model was.
    pub fn note(mut self, text: impl Into<String>) -> SheetImage {
        self.note = text.into();
        self
    }

    /// Exchanges dark and light: for digits stored white on black, shown as ink on paper.
    pub fn inverted(mut self) -> SheetImage {
        for pixel in self.rgba.chunks_exact_mut(4) {
            for channel in &mut pixel[..3] {
                *channel = 255 - *channel;
            }
        }
        self
    }

    /// The image as the address of a PNG image that contains it.
    fn data_uri(&self) -> String {
        let size = IntSize::from_wh(self.width as u32, self.height as u32);
        let pixmap = size.and_then(|s| Pixmap::from_vec(self.rgba.clone(), s));
        let png = pixmap.and_then(|p| p.encode_png().ok()).unwrap_or_default();
        format!("data:image/png;base64,{}", base64(&png))
    }
}

/// The alphabet of RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * i) & 63) as usize];
            out.push(if i > chunk.len() { '=' } else { char::from(digit) });
        }
    }
    out
}

/// A grid of images with captions: what a model misread, what a data set looks like.
///
/// ```
/// use seodang_core::Lang;
/// use seodang::plot::{Chart, ImageSheet, SheetImage};
/// let seven = SheetImage::gray(2, 2, &[0, 255, 255, 0])?.caption("7 → 1");
/// let sheet = ImageSheet::new("Misread digits", [seven], Lang::En);
/// assert!(sheet.svg().to_string().contains("data:image/png;base64,"));
/// # Ok::<(), seodang_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ImageSheet {
    title: String,
    images: Vec<SheetImage>,
    total: usize,
    columns: usize,
    empty: String,
    lang: Lang,
}

impl ImageSheet {
    /// A sheet of these images, eight in a row.
    pub fn new(
        title: impl Into<String>,
        images: impl IntoIterator<Item = SheetImage>,
        lang: Lang,
    ) -> ImageSheet {
        let images: Vec<SheetImage> = images.into_iter().collect();
        let empty =
            if lang == Lang::Ko { "보여 줄 그림이 없습니다" } else { "no images" };
        let (total, empty) = (images.len(), empty.to_owned());
        ImageSheet { title: title.into(), images, total, columns: 8, empty, lang }
    }

    /// The sheet of misread images; captions are "true → predicted". `total` is how many were misread
    /// when only some are shown. Without any, the sheet says so.
    pub fn misread(
        images: impl IntoIterator<Item = SheetImage>,
        total: usize,
        lang: Lang,
    ) -> ImageSheet {
        let pick = |en: &'static str, ko: &'static str| if lang == Lang::Ko { ko } else { en };
        let title = pick("Misread: true → predicted", "잘못 읽은 것: 정답 → 예측");
        let mut sheet = ImageSheet::new(title, images, lang);
        sheet.total = total.max(sheet.images.len());
        sheet.empty = pick("Nothing was misread.", "잘못 읽은 것이 하나도 없습니다.").to_owned();
        sheet
    }

    /// Sets how many images stand in a row, 1 to 32.
    pub fn columns(mut self, columns: usize) -> ImageSheet {
        self.columns = columns.clamp(1, 32);
        self
    }

    /// Sets what a sheet without images says.
    pub fn empty_label(mut self, text: impl Into<String>) -> ImageSheet {
        self.empty = text.into();
        self
    }

    fn heading(&self) -> String {
        let (shown, total) = (self.images.len(), self.total);
        match self.lang {
            _ if shown == total => self.title.clone(),
            Lang::En => format!("{} ({shown} of {total})", self.title),
            Lang::Ko => format!("{} ({total}개 중 {shown}개)", self.title),
        }
    }

    /// One image with its frame and lines of text, its upper left corner at (`x`, `y`).
    fn tile(svg: &mut Svg, image: &SheetImage, x: f64, y: f64, wide: f64, high: f64) {
        let scale = (TILE / image.width as f64).min(high / image.height as f64);
        let (w, h) = (image.width as f64 * scale, image.height as f64 * scale);
        let (left, top) = (x + (wide - w) / 2.0, y + (high - h) / 2.0);
        let picture = Element::new("image")
            .attr("x", left)
            .attr("y", top)
            .attr("width", w)
            .attr("height", h)
            .attr("preserveAspectRatio", "none")
            .attr("href", image.data_uri());
        // Few pixels are shown as they are; many are smoothed.
        let sharp = scale >= 1.0;
        let picture =
            if sharp { picture.attr("style", "image-rendering:pixelated") } else { picture };
        let frame = Element::new("rect")
            .attr("x", left - 0.5)
            .attr("y", top - 0.5)
            .attr("width", w + 1.0)
            .attr("height", h + 1.0)
            .attr("fill", "none");
        svg.push(picture);
        svg.push(Ink::Grid.stroke(frame));
        let middle = x + wide / 2.0;
        let lines = [
            (&image.caption, LABEL + 1.0, Ink::Strong, 19.0),
            (&image.note, TICK - 0.5, Ink::Soft, 34.0),
        ];
        for (text, size, ink, down) in lines.into_iter().filter(|(t, ..)| !t.is_empty()) {
            let text = style::fit(text, size, wide - 4.0);
            svg.push(label(middle, y + high + down, size, Anchor::Middle, ink, &text));
        }
    }
}

impl Chart for ImageSheet {
    fn svg(&self) -> Svg {
        let margin = 20.0;
        let heading = self.heading();
        let head = margin + if heading.is_empty() { 0.0 } else { 16.0 + 18.0 };
        let title_wide = text_width(&heading, style::TITLE) * 1.06;
        if self.images.is_empty() {
            let width = 2.0 * margin + title_wide.max(text_width(&self.empty, LABEL)).max(300.0);
            let mut svg = canvas(width, head + 56.0 + margin, &heading);
            svg.push(style::title(margin, margin + 16.0, &heading));
            let panel = Element::new("rect").attr("x", margin).attr("y", head).attr("rx", 4.0);
            let panel = panel.attr("width", width - 2.0 * margin).attr("height", 56.0);
            svg.push(Ink::Panel.fill(panel));
            let y = head + 32.0;
            svg.push(label(width / 2.0, y, LABEL, Anchor::Middle, Ink::Soft, &self.empty));
            return svg;
        }
        let caption = |i: &SheetImage| text_width(&i.caption, LABEL + 1.0);
        let widest = self.images.iter().map(caption).fold(TILE, |a, b| a.max((b + 4.0).min(130.0)));
        let (wide, gap) = (widest, 16.0);
        // All tiles are as high as the highest image needs.
        let high = self.images.iter().fold(1.0, |m: f64, i| {
            m.max((TILE * i.height as f64 / i.width as f64).min(TILE * 1.5))
        });
        let lines =
            match self.images.iter().fold((false, false), |(a, b), i| {
                (a || !i.caption.is_empty(), b || !i.note.is_empty())
            }) {
                (_, true) => 40.0,
                (true, false) => 26.0,
                (false, false) => 0.0,
            };
        let columns = self.columns.min(self.images.len());
        let rows = self.images.len().div_ceil(columns);
        let row_high = high + lines + 14.0;
        let grid = columns as f64 * (wide + gap) - gap;
        let width = 2.0 * margin + grid.max(title_wide);
        let mut svg = canvas(width, head + rows as f64 * row_high - 14.0 + margin, &heading);
        if !heading.is_empty() {
            svg.push(style::title(margin, margin + 16.0, &heading));
        }
        for (i, image) in self.images.iter().enumerate() {
            let (row, column) = (i / columns, i % columns);
            let (x, y) = (margin + column as f64 * (wide + gap), head + row as f64 * row_high);
            ImageSheet::tile(&mut svg, image, x, y, wide, high);
        }
        svg
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::render_png;

    #[test]
    fn base64_is_that_of_the_rfc() {
        // RFC 4648, section 10.
        for (plain, coded) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn images_are_drawn_pixel_by_pixel() {
        let colors = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0];
        let image = SheetImage::rgb(2, 2, &colors).expect("an image").caption("3 → 8").note("61%");
        let svg = ImageSheet::new("", [image], Lang::En).svg();
        let png = render_png(&svg.to_string(), 1.0).expect("a picture");
        let p = Pixmap::decode_png(&png).expect("a PNG image");
        let seen = |x, y| {
            let p = p.pixel(x, y).expect("inside");
            [p.red(), p.green(), p.blue()]
        };
        // The image stands at (20, 20) and is 84 pixels wide: each of its pixels is 42 wide.
        let corners = [seen(24, 24), seen(100, 24), seen(24, 100), seen(100, 100)];
        assert_eq!(corners, [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 0]]);
        assert_eq!(seen(60, 24), [255, 0, 0]);
        assert_eq!(seen(64, 24), [0, 255, 0]);
        let caption = (20..104).flat_map(|x| (106..130).map(move |y| (x, y)));
        assert!(caption.clone().any(|(x, y)| seen(x, y)[0] < 100), "no caption");
    }

    #[test]
    fn inverted_gray() {
        let image = SheetImage::gray(2, 1, &[0, 200]).expect("an image").inverted();
        assert_eq!(image.rgba, [255, 255, 255, 255, 55, 55, 55, 255]);
    }

    #[test]
    fn no_image_says_so_and_some_of_many_say_how_many() {
        let none = ImageSheet::misread([], 0, Lang::Ko).svg().to_string();
        assert!(none.contains("잘못 읽은 것이 하나도 없습니다."));
        let image = SheetImage::gray(1, 1, &[9]).expect("an image");
        let some = ImageSheet::misread(vec![image; 9], 312, Lang::En);
        assert_eq!(some.heading(), "Misread: true → predicted (9 of 312)");
        assert_eq!(some.svg().to_string().matches("<image").count(), 9);
    }

    #[test]
    fn pixels_must_fill_the_image() {
        assert!(SheetImage::gray(2, 2, &[0; 3]).is_err());
        assert!(SheetImage::rgb(2, 2, &[0; 4]).is_err());
        assert!(SheetImage::gray(0, 0, &[]).is_err());
        assert!(SheetImage::gray(usize::MAX, 2, &[0]).is_err());
    }
}

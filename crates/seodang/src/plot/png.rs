//! From SVG to PNG, with the embedded font.

use resvg::tiny_skia::{FilterQuality, Pixmap, PixmapPaint, Transform};
use resvg::usvg::{self, Group, ImageKind, ImageRendering, Node, Options, Tree};
use seodang_core::{Error, Result, text};
use std::sync::{Arc, OnceLock};

/// Pretendard's regular weight, cut down and renamed by `assets/make_font.py`; its licence is the SIL
/// Open Font License in `assets/OFL.txt`.
static FONT: &[u8] = include_bytes!("../../assets/SeodangSans.otf");

/// The largest width or height of a picture, and the most pixels it has (400 MB of memory).
const LARGEST: f32 = 20_000.0;
const MOST: f32 = 1e8;

fn fonts() -> Arc<usvg::fontdb::Database> {
    static FONTS: OnceLock<Arc<usvg::fontdb::Database>> = OnceLock::new();
    let load = || {
        let mut fonts = usvg::fontdb::Database::new();
        fonts.load_font_source(usvg::fontdb::Source::Binary(Arc::new(FONT)));
        fonts.set_sans_serif_family("Seodang Sans");
        Arc::new(fonts)
    };
    Arc::clone(FONTS.get_or_init(load))
}

/// Draws an SVG document as a PNG image, `scale` pixels to the SVG's pixel (2 is crisp on today's
/// screens).
///
/// Writing uses the embedded font: Latin, Greek and Korean. Images inside the document are drawn when
/// they are PNG data URIs, as ours are, and on top of the rest.
///
/// # Errors
///
/// [`Format`](seodang_core::ErrorKind::Format) when `svg` is not an SVG document,
/// [`Value`](seodang_core::ErrorKind::Value) when the image would have no pixels, more than 20,000 to a
/// side or more than 100 million in all.
///
/// ```
/// let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"/>"#;
/// let png = seodang::plot::render_png(svg, 2.0)?;
/// assert_eq!(&png[16..24], [0, 0, 0, 16, 0, 0, 0, 8]); // width and height, big-endian
/// # Ok::<(), seodang_core::Error>(())
/// ```
pub fn render_png(svg: &str, scale: f32) -> Result<Vec<u8>> {
    let options = Options {
        fontdb: fonts(),
        font_family: "Seodang Sans".to_owned(),
        // A document is data: it reads no file.
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: usvg::ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|e| {
        Error::format(text!(en: "this is not an SVG picture", ko: "SVG 그림이 아닙니다"))
            .source_error(e.to_string())
    })?;
    let (width, height) = (tree.size().width() * scale, tree.size().height() * scale);
    let fits = |side: f32| side.round() >= 1.0 && side <= LARGEST;
    if !fits(width) || !fits(height) || width * height > MOST {
        return Err(Error::value(text!(
            en: "the picture cannot have this size", ko: "그림을 이 크기로 만들 수 없습니다"
        ))
        .given("width", width)
        .given("height", height)
        .expected(text!(en: "1 to 20000 pixels a side, 100 million in all", ko: "한 변에 1~20000 픽셀, 모두 1억 픽셀까지")));
    }
    let mut pixmap = Pixmap::new(width.round() as u32, height.round() as u32).ok_or_else(|| {
        Error::value(text!(en: "the picture is too large", ko: "그림이 너무 큽니다"))
    })?;
    let transform = Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    draw_images(tree.root(), transform, &mut pixmap);
    pixmap.encode_png().map_err(|e| {
        Error::internal(
            text!(en: "the PNG image cannot be encoded", ko: "PNG 그림을 만들지 못했습니다"),
        )
        .source_error(e.to_string())
    })
}

/// Draws the PNG images of a document. resvg would do it with its `raster-images` feature, which
/// brings decoders of four formats; the one that we need is there without it.
fn draw_images(group: &Group, transform: Transform, pixmap: &mut Pixmap) {
    for node in group.children() {
        match node {
            Node::Group(group) => draw_images(group, transform, pixmap),
            Node::Image(image) => {
                let ImageKind::PNG(data) = image.kind() else { continue };
                let Ok(picture) = Pixmap::decode_png(data) else { continue };
                let sharp = matches!(
                    image.rendering_mode(),
                    ImageRendering::OptimizeSpeed
                        | ImageRendering::Pixelated
                        | ImageRendering::CrispEdges
                );
                let quality = if sharp { FilterQuality::Nearest } else { FilterQuality::Bicubic };
                let paint = PixmapPaint { quality, ..PixmapPaint::default() };
                let place = transform.pre_concat(image.abs_transform());
                pixmap.draw_pixmap(0, 0, picture.as_ref(), &paint, place, None);
            }
            Node::Path(_) | Node::Text(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use seodang_core::ErrorKind;

    fn draw(body: &str, scale: f32) -> Pixmap {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"30\" \
             font-family=\"{}\">{body}</svg>",
            crate::plot::svg::FONT_FAMILY
        );
        Pixmap::decode_png(&render_png(&svg, scale).expect("a picture")).expect("a PNG image")
    }

    fn write(text: &str) -> Vec<u8> {
        draw(&format!("<text x=\"5\" y=\"22\" font-size=\"20\">{text}</text>"), 1.0).take()
    }

    #[test]
    fn size_and_pixels_are_those_of_the_document() {
        let p = draw("<rect x=\"10\" y=\"10\" width=\"20\" height=\"10\" fill=\"#D55E00\"/>", 2.0);
        assert_eq!((p.width(), p.height()), (120, 60));
        let inside = p.pixel(40, 30).expect("inside");
        assert_eq!((inside.red(), inside.green(), inside.blue()), (0xD5, 0x5E, 0x00));
        assert_eq!(p.pixel(5, 5).expect("outside").alpha(), 0);
    }

    #[test]
    fn korean_is_written_and_not_boxed() {
        // A private-use character has no glyph: what is drawn for it is the box for the missing.
        let missing = write("\u{E000}\u{E000}");
        let mut seen = vec![missing];
        for word in ["한글", "훈련", "→×", "ab", "⁵⁻"] {
            let drawn = write(word);
            assert!(drawn.iter().any(|b| *b != 0), "{word} is blank");
            assert!(!seen.contains(&drawn), "{word} looks like another word or like boxes");
            seen.push(drawn);
        }
    }

    #[test]
    fn every_syllable_of_our_messages_has_a_glyph() {
        let fonts = fonts();
        let face = fonts.faces().next().expect("one face");
        assert_eq!(face.families[0].0, "Seodang Sans");
        let boxed = write("\u{E000}");
        for c in "가힝각훈련검증손실정확도행렬에포크맞음틀림층매개변수ㄱㅎ".chars().chain('!'..='~')
        {
            let drawn = write(&crate::plot::svg::escape(&c.to_string()));
            assert!(drawn != boxed, "{c} has no glyph");
        }
    }

    #[test]
    fn what_is_no_picture_is_an_error() {
        assert_eq!(render_png("not xml", 1.0).expect_err("no XML").kind(), ErrorKind::Format);
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>";
        for scale in [0.0, -1.0, f32::NAN, f32::INFINITY, 1e6, 1500.0] {
            assert_eq!(render_png(svg, scale).expect_err("no size").kind(), ErrorKind::Value);
        }
    }
}

//! Pictures: training curves, confusion matrices, sheets of images, bars, decision boundaries, trees, and
//! the curves of a model's quality; as SVG and as PNG.
//!
//! A chart is a plain struct. [`Chart::svg`] draws it, [`save`] writes it as `.svg` or `.png`, and
//! [`Report`](crate::report::Report) puts it into a page. Nothing here needs a display, a font on the
//! machine or the network: the font, Korean included, is part of the program.
//!
//! ```
//! use seodang::plot::{self, Chart, LineChart, Series};
//!
//! let chart = LineChart::new("Loss")
//!     .x_label("Epoch")
//!     .whole_x(true)
//!     .series(Series::epochs("training", &[0.9, 0.5, 0.3]))
//!     .series(Series::epochs("validation", &[1.0, 0.6, f64::NAN]).dashed(true));
//! let png = plot::render_png(&chart.svg().to_string(), 2.0)?;
//! assert!(png.starts_with(b"\x89PNG"));
//! # Ok::<(), seodang_core::Error>(())
//! ```

mod bars;
mod boundary;
mod confusion;
mod line;
mod model_curves;
mod png;
mod save;
mod scale;
mod sheet;
mod style;
pub mod svg;
mod tree;

pub use bars::BarChart;
pub use boundary::DecisionBoundary;
pub use confusion::ConfusionMatrix;
pub use line::{LineChart, Panels, Series, training_curves};
pub use model_curves::{
    calibration_chart, learning_curve_chart, precision_recall_chart, residual_chart, roc_chart,
    validation_curve_chart,
};
pub use png::render_png;
pub use save::save;
pub use sheet::{ImageSheet, SheetImage};
pub use style::PALETTE;
pub use svg::Svg;
pub use tree::{TreeChart, TreeNode};

pub(crate) use style::Ink;

/// Something that can be drawn.
pub trait Chart {
    /// The picture. Drawing never fails: values that cannot be drawn leave gaps.
    fn svg(&self) -> Svg;

    /// The pictures that it is made of, for a page that lays them out itself.
    fn pictures(&self) -> Vec<Svg> {
        vec![self.svg()]
    }
}

impl Chart for Svg {
    fn svg(&self) -> Svg {
        self.clone()
    }
}

/// The ground that every picture starts with.
fn canvas(width: f64, height: f64, title: &str) -> Svg {
    let mut svg = Svg::new(width, height).title(title);
    let ground = svg::Element::new("rect").attr("width", width).attr("height", height);
    svg.push(style::Ink::Ground.fill(ground));
    svg
}

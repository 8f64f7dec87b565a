//! The picture: how long it takes to hide a message, by its length, both on logarithmic scales.
//!
//! It is drawn without a background, in colors that are readable on white and on black.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::measured::Measured;
use crate::numbers::extrapolated;
use crate::operations::encryption::{
    self, AES_SEAL, AES_SEAL_RING, COPY, HYBRID_OPEN, HYBRID_SEAL, LONGEST, MOST_FOR_RSA, RECORD,
    RSA_DECRYPT, RSA_ENCRYPT, SIZES,
};
use crate::units;

const SIZE: (u32, u32) = (960, 560);
/// The color of text and axes. It has a contrast of about 4.5 to 1 with both white and black.
const GREY: RGBColor = RGBColor(118, 118, 118);

/// A line of the picture, from left to right, with its name at the right end.
struct Line {
    name: &'static str,
    label: &'static str,
    colour: RGBColor,
}

const LINES: [Line; 7] = [
    Line {
        name: RSA_DECRYPT,
        label: "RSA-2048 decrypt",
        colour: RGBColor(214, 69, 65),
    },
    Line {
        name: RSA_ENCRYPT,
        label: "RSA-2048 encrypt",
        colour: RGBColor(201, 120, 20),
    },
    Line {
        name: HYBRID_OPEN,
        label: "hybrid open",
        colour: RGBColor(150, 90, 200),
    },
    Line {
        name: HYBRID_SEAL,
        label: "hybrid seal",
        colour: RGBColor(190, 100, 160),
    },
    Line {
        name: AES_SEAL,
        label: "AES-128-GCM",
        colour: RGBColor(30, 130, 200),
    },
    Line {
        name: AES_SEAL_RING,
        label: "AES-128-GCM, ring",
        colour: RGBColor(20, 140, 110),
    },
    Line {
        name: COPY,
        label: "memcpy",
        colour: GREY,
    },
];

/// The picture as SVG. `None` if something that it shows was not measured.
pub fn draw(measured: &Measured) -> Option<String> {
    let lines = LINES.map(|line| points(measured, line.name).map(|points| (line, points)));
    let lines = lines.into_iter().collect::<Option<Vec<_>>>()?;
    let mut svg = String::new();
    // Drawing into a String fails only if a number can't be drawn, such as a time that is not
    // finite.
    draw_into(&lines, SVGBackend::with_string(&mut svg, SIZE)).ok()?;
    Some(svg)
}

/// The lengths and nanoseconds that a line shows. RSA is extrapolated beyond what was measured.
fn points(measured: &Measured, name: &str) -> Option<Vec<(f64, f64)>> {
    let point = |bytes: usize| {
        let is_rsa = [RSA_ENCRYPT, RSA_DECRYPT].contains(&name);
        let time = if is_rsa && bytes > MOST_FOR_RSA {
            extrapolated(measured, name, bytes)
        } else {
            measured.median(encryption::GROUP, name, bytes)
        };
        Some((bytes as f64, time?))
    };
    SIZES.into_iter().map(point).collect()
}

type Drawn = Result<(), DrawingAreaErrorKind<std::io::Error>>;

fn draw_into(lines: &[(Line, Vec<(f64, f64)>)], backend: SVGBackend<'_>) -> Drawn {
    let area = backend.into_drawing_area();
    let text = |size: i32| ("sans-serif", size).into_font().color(&GREY);
    let all = || {
        lines
            .iter()
            .flat_map(|(_, points)| points)
            .map(|(_, time)| *time)
    };
    // A factor of two on a logarithmic scale is a margin.
    let low = all().fold(f64::INFINITY, f64::min) / 2.0;
    let high = all().fold(0.0, f64::max) * 2.0;
    let (shortest, longest) = (SIZES[0] as f64, LONGEST as f64);
    let mut chart = ChartBuilder::on(&area)
        .caption(
            "How long it takes to hide a message, by its length: RSA, AES-128-GCM, and both (hybrid)",
            text(22),
        )
        .margin(12)
        // Room for the names of the lines.
        .margin_right(150)
        .x_label_area_size(44)
        .y_label_area_size(76)
        .build_cartesian_2d(
            (shortest..longest).log_scale().base(4.0),
            (low..high).log_scale(),
        )?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .bold_line_style(GREY.mix(0.25))
        .light_line_style(TRANSPARENT)
        .axis_style(GREY)
        .label_style(text(14))
        .axis_desc_style(text(15))
        .x_desc("length of the message (dashed: RSA in blocks of 190 bytes, extrapolated)")
        .x_label_formatter(&|bytes| units::bytes_label(*bytes))
        .y_label_formatter(&|time| units::time_label(*time))
        .draw()?;
    let record = RECORD as f64;
    let upright = [(record, low), (record, high)].into_iter();
    chart.draw_series(DashedLineSeries::new(upright, 2, 4, GREY.stroke_width(1)))?;
    let left_of_it = text(14).pos(Pos::new(HPos::Right, VPos::Top));
    let (x, y) = chart.backend_coord(&(record, high));
    area.draw_text(
        "16 KiB: the largest TLS record",
        &left_of_it,
        (x - 6, y + 2),
    )?;
    for (line, points) in lines {
        let style = line.colour.stroke_width(2);
        let is_rsa = [RSA_ENCRYPT, RSA_DECRYPT].contains(&line.name);
        let measured = |bytes: f64| !is_rsa || bytes <= MOST_FOR_RSA as f64;
        let known = points.iter().copied().filter(|(bytes, _)| measured(*bytes));
        // From the last point that was measured, so that the dashes continue the line.
        let beyond = points
            .iter()
            .copied()
            .filter(|(bytes, _)| *bytes >= MOST_FOR_RSA as f64);
        chart.draw_series(LineSeries::new(known.clone(), style))?;
        chart.draw_series(known.map(|point| Circle::new(point, 3, line.colour.filled())))?;
        if is_rsa {
            chart.draw_series(DashedLineSeries::new(beyond, 6, 5, style))?;
        }
    }
    // The names are at the right ends of the lines, moved apart if they would overlap.
    let mut ends: Vec<(&Line, i32)> = Vec::new();
    let mut taken = i32::MIN;
    let mut sorted: Vec<_> = lines.iter().collect();
    // From the highest end to the lowest: a name that would overlap moves down from the one above it.
    sorted.sort_by(|left, right| {
        right.1[right.1.len() - 1]
            .1
            .total_cmp(&left.1[left.1.len() - 1].1)
    });
    for (line, points) in sorted {
        let (_, y) = chart.backend_coord(&points[points.len() - 1]);
        // A name is 14 high; 17 leaves a gap. The addition saturates, because at first nothing is
        // taken.
        taken = y.max(taken.saturating_add(17));
        ends.push((line, taken));
    }
    let (right, _) = chart.backend_coord(&(longest, low));
    for (line, y) in ends {
        let anchor = Pos::new(HPos::Left, VPos::Center);
        let style = ("sans-serif", 14)
            .into_font()
            .color(&line.colour)
            .pos(anchor);
        area.draw_text(line.label, &style, (right + 10, y))?;
    }
    area.present()
}

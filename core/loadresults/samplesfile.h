// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "load/loadsample.h"
#include "load/loadtimeline.h"

#include <QByteArray>
#include <QJsonObject>

class QIODevice;

namespace Lorikeet {

/// Reads what samplesCsvHead() and toCsv() wrote. Columns are known by their names, those that are
/// missing are left as they are in a LoadSample, further ones ignored. A last line without an end
/// is left out: the program died while it wrote it.
///
/// Fails with one sentence that names the line.
[[nodiscard]] Result<LoadSamples> samplesFrom(QIODevice &csv, const QString &place);

/// What a run told of a moment, as one line of JSON without its end.
[[nodiscard]] QByteArray toJsonLine(const LoadTimelinePart &part);
/// All such lines together; a last one without an end is left out.
[[nodiscard]] Result<LoadTimeline> timelineFrom(QIODevice &lines, const QString &place);

} // namespace Lorikeet

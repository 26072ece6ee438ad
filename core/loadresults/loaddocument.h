// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/loadhealth.h"
#include "loadresults/loadresult.h"
#include "loadresults/svgchart.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Lorikeet {

/// A sentence of a report, and whether it is good news.
struct DocumentLine
{
    enum class Tone { Plain, Good, Warning, Bad };

    Tone tone = Tone::Plain;
    QString text;
};

struct DocumentTable
{
    QStringList head;
    QList<QStringList> rows;
};

struct DocumentSection
{
    QString heading; ///< empty: it goes on with the one before
    QList<DocumentLine> lines;
    std::optional<DocumentTable> table;
    QList<SvgChart> charts;
};

/// What there is to say of a load test to a person, whatever it is then written as. Texts are not
/// redacted and not escaped.
struct LoadDocument
{
    QString title;
    QString subtitle;
    QList<DocumentSection> sections;
};

[[nodiscard]] LoadDocument documentOf(const LoadResult &result);

/// "good: this computer was no limit", "doubtful", "client-bound, do not quote".
[[nodiscard]] QString trustText(LoadTrust::Level level);

/// The charts of a run over its time. Without samples those that need them are left out.
[[nodiscard]] QList<SvgChart> chartsOf(const LoadStage &stage);
/// How many of each time took no longer than what: distribution functions.
[[nodiscard]] SvgChart distributionsOf(const LoadSummary &summary);
/// Tokens a second, and the time to the first token, by load.
[[nodiscard]] QList<SvgChart> chartsOfSweep(const LoadResult &result);

} // namespace Lorikeet

// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeline/timelinestyle.h"

#include <KSyntaxHighlighting/Repository>

#include <algorithm>

namespace Lorikeet {

TimelineStyle::TimelineStyle(QObject *parent)
    : QObject(parent)
{
    // One notification for a whole change of theme, before the next frame.
    m_notify.setSingleShot(true);
    m_notify.setInterval(0);
    connect(&m_notify, &QTimer::timeout, this, &TimelineStyle::changed);
}

TimelineStyle::~TimelineStyle() = default;

KSyntaxHighlighting::Repository &TimelineStyle::syntax()
{
    if (!m_syntax) {
        m_syntax = std::make_unique<KSyntaxHighlighting::Repository>();
    }
    return *m_syntax;
}

QList<QFont> TimelineStyle::headings() const
{
    return {m_value.headings.begin(), m_value.headings.end()};
}

QList<QColor> TimelineStyle::textColors() const
{
    return {m_value.text, m_value.textSecondary, m_value.textMuted, m_value.link, m_value.warning,
        m_value.danger, m_value.good};
}

QList<QColor> TimelineStyle::codeColors() const
{
    return {m_value.codeKeyword, m_value.codeString, m_value.codeNumber, m_value.codeComment,
        m_value.codeFunction, m_value.codeType};
}

void TimelineStyle::setProse(const QFont &font) { assign(m_value.prose, font); }

void TimelineStyle::setHeadings(const QList<QFont> &fonts)
{
    static constexpr std::array lines{30.0, 27.0, 25.0, 23.0};
    for (std::size_t i = 0; i < m_value.headings.size() && qsizetype(i) < fonts.size(); ++i) {
        assign(m_value.headings[i], fonts[qsizetype(i)]);
        // The design's line heights belong to 22, 19, 17 and 15 pixels.
        static constexpr std::array sizes{22.0, 19.0, 17.0, 15.0};
        const qreal line = std::round(lines[i] * fonts[qsizetype(i)].pixelSize() / sizes[i]);
        assign(m_value.headingLines[i], line);
    }
}

void TimelineStyle::setCode(const QFont &font)
{
    assign(m_value.code, font);
    assign(m_value.codeLine, std::round(font.pixelSize() * 20.0 / 13.0));
}

void TimelineStyle::setMetric(const QFont &font)
{
    assign(m_value.metric, font);
    assign(m_value.metricLine, std::round(font.pixelSize() * 16.0 / 12.0));
}

void TimelineStyle::setNumber(const QFont &font) { assign(m_value.number, font); }

void TimelineStyle::setProseLine(qreal height) { assign(m_value.proseLine, height); }

void TimelineStyle::setUnit(qreal unit) { assign(m_value.unit, unit); }

void TimelineStyle::setTextColors(const QList<QColor> &colors)
{
    const std::array members{&m_value.text, &m_value.textSecondary, &m_value.textMuted,
        &m_value.link, &m_value.warning, &m_value.danger, &m_value.good};
    for (std::size_t i = 0; i < members.size() && qsizetype(i) < colors.size(); ++i) {
        assign(*members[i], colors[qsizetype(i)]);
    }
}

void TimelineStyle::setCodeColors(const QList<QColor> &colors)
{
    const std::array members{&m_value.codeKeyword, &m_value.codeString, &m_value.codeNumber,
        &m_value.codeComment, &m_value.codeFunction, &m_value.codeType};
    for (std::size_t i = 0; i < members.size() && qsizetype(i) < colors.size(); ++i) {
        assign(*members[i], colors[qsizetype(i)]);
    }
}

void TimelineStyle::setNativeText(bool native) { assign(m_value.designMetrics, !native); }

} // namespace Lorikeet

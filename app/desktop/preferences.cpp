// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "preferences.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr std::array zoomSteps{0.85, 1.0, 1.15, 1.3, 1.5};
constexpr qsizetype maximumRecent = 8;
constexpr double defaultProseSize = 15;
constexpr double defaultSidebarWidth = 264;
constexpr double defaultInspectorWidth = 312;

constexpr QLatin1StringView judgeKey("compare/judge");

QString recentKey(QUuid endpoint)
{
    return "recentAdapters/"_L1 + endpoint.toString(QUuid::WithoutBraces);
}

} // namespace

Preferences::Preferences(const QString &file, QObject *parent)
    : QObject(parent)
    , m_settings(file, QSettings::IniFormat)
{ }

bool Preferences::keep(QAnyStringView key, const QVariant &value, const QVariant &fallback)
{
    // An INI file gives text back; it is compared in the type of the new value.
    QVariant before = m_settings.value(key, fallback);
    before.convert(value.metaType());
    if (before == value) {
        return false;
    }
    m_settings.setValue(key, value);
    return true;
}

Qt::ColorScheme Preferences::scheme() const
{
    const QString word = m_settings.value("window/scheme").toString();
    return word == "light"_L1 ? Qt::ColorScheme::Light
        : word == "dark"_L1   ? Qt::ColorScheme::Dark
                              : Qt::ColorScheme::Unknown;
}

void Preferences::setScheme(Qt::ColorScheme scheme)
{
    const QString word = scheme == Qt::ColorScheme::Light ? u"light"_s
        : scheme == Qt::ColorScheme::Dark                 ? u"dark"_s
                                                          : u"system"_s;
    if (keep("window/scheme", word, u"system"_s)) {
        Q_EMIT schemeChanged();
    }
}

double Preferences::zoom() const
{
    const double kept = m_settings.value("window/zoom", 1.0).toDouble();
    return std::clamp(kept, zoomSteps.front(), zoomSteps.back());
}

void Preferences::stepZoom(int steps)
{
    const double before = zoom();
    double next = 1;
    if (steps > 0) {
        const auto above = std::ranges::upper_bound(zoomSteps, before + 0.001);
        next = above == zoomSteps.end() ? before : *above;
    } else if (steps < 0) {
        const auto at = std::ranges::lower_bound(zoomSteps, before - 0.001);
        next = at == zoomSteps.begin() ? before : *(at - 1);
    }
    if (keep("window/zoom", next, 1.0)) {
        Q_EMIT zoomChanged();
    }
}

double Preferences::proseSize() const
{
    return std::clamp(m_settings.value("text/size", defaultProseSize).toDouble(), 12.0, 22.0);
}

void Preferences::setProseSize(double size)
{
    if (keep("text/size", size, defaultProseSize)) {
        Q_EMIT proseSizeChanged();
    }
}

bool Preferences::reduceMotion() const
{
    return m_settings.value("window/reduceMotion", false).toBool();
}

void Preferences::setReduceMotion(bool reduce)
{
    if (keep("window/reduceMotion", reduce, false)) {
        Q_EMIT reduceMotionChanged();
    }
}

bool Preferences::enterSends() const
{
    return m_settings.value("composer/enterSends", true).toBool();
}

void Preferences::setEnterSends(bool sends)
{
    if (keep("composer/enterSends", sends, true)) {
        Q_EMIT enterSendsChanged();
    }
}

bool Preferences::sidebarVisible() const
{
    return m_settings.value("sidebar/visible", true).toBool();
}

void Preferences::setSidebarVisible(bool visible)
{
    if (keep("sidebar/visible", visible, true)) {
        Q_EMIT sidebarVisibleChanged();
    }
}

double Preferences::sidebarWidth() const
{
    return m_settings.value("sidebar/width", defaultSidebarWidth).toDouble();
}

void Preferences::setSidebarWidth(double width)
{
    if (keep("sidebar/width", width, defaultSidebarWidth)) {
        Q_EMIT sidebarWidthChanged();
    }
}

bool Preferences::inspectorVisible() const
{
    return m_settings.value("inspector/visible", true).toBool();
}

void Preferences::setInspectorVisible(bool visible)
{
    if (keep("inspector/visible", visible, true)) {
        Q_EMIT inspectorVisibleChanged();
    }
}

double Preferences::inspectorWidth() const
{
    return m_settings.value("inspector/width", defaultInspectorWidth).toDouble();
}

void Preferences::setInspectorWidth(double width)
{
    if (keep("inspector/width", width, defaultInspectorWidth)) {
        Q_EMIT inspectorWidthChanged();
    }
}

QList<RecentAdapter> Preferences::recentAdapters(QUuid endpoint) const
{
    QList<RecentAdapter> recent;
    for (const QString &line : m_settings.value(recentKey(endpoint)).toStringList()) {
        recent.append({line.section(u'\t', 0, 0), line.section(u'\t', 1)});
    }
    return recent;
}

void Preferences::addRecentAdapter(QUuid endpoint, const RecentAdapter &adapter)
{
    QStringList lines{adapter.id + u'\t' + adapter.source};
    for (const RecentAdapter &each : recentAdapters(endpoint)) {
        if (each.id != adapter.id && lines.size() < maximumRecent) {
            lines.append(each.id + u'\t' + each.source);
        }
    }
    if (keep(recentKey(endpoint), lines)) {
        Q_EMIT recentAdaptersChanged();
    }
}

QList<ModelPrice> Preferences::prices() const
{
    return pricesFrom(m_settings.value(pricesKey).toString().toUtf8());
}

void Preferences::setPrices(const QList<ModelPrice> &prices)
{
    if (keep(pricesKey, QString::fromUtf8(toJson(prices)))) {
        Q_EMIT pricesChanged();
    }
}

QString Preferences::judgeSetup() const { return m_settings.value(judgeKey).toString(); }

void Preferences::setJudgeSetup(const QString &stored) { (void)keep(judgeKey, stored); }

QRect Preferences::windowGeometry() const { return m_settings.value("window/geometry").toRect(); }

void Preferences::setWindowGeometry(const QRect &geometry)
{
    if (keep("window/geometry", geometry)) {
        Q_EMIT windowGeometryChanged();
    }
}

} // namespace Lorikeet

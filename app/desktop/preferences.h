// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "store/pricelist.h"

#include <QObject>
#include <QRect>
#include <QSettings>
#include <QUuid>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// An adapter that was used; `source` as in AdapterChoice.
struct RecentAdapter
{
    QString id;
    QString source;

    friend bool operator==(const RecentAdapter &, const RecentAdapter &) = default;
};

/// What a person set about the window and how it behaves, kept in an INI file from one run to the
/// next. Each value is written when it changes; a value nobody set is not in the file.
class Preferences final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    /// Qt.ColorScheme; Unknown follows the system.
    Q_PROPERTY(Qt::ColorScheme scheme READ scheme WRITE setScheme NOTIFY schemeChanged FINAL)
    Q_PROPERTY(double zoom READ zoom NOTIFY zoomChanged FINAL)
    Q_PROPERTY(double proseSize READ proseSize WRITE setProseSize NOTIFY proseSizeChanged FINAL)
    Q_PROPERTY(
        bool reduceMotion READ reduceMotion WRITE setReduceMotion NOTIFY reduceMotionChanged FINAL)
    /// False: Enter breaks the line and Ctrl+Enter sends.
    Q_PROPERTY(bool enterSends READ enterSends WRITE setEnterSends NOTIFY enterSendsChanged FINAL)
    Q_PROPERTY(bool sidebarVisible READ sidebarVisible WRITE setSidebarVisible NOTIFY
            sidebarVisibleChanged FINAL)
    Q_PROPERTY(double sidebarWidth READ sidebarWidth WRITE setSidebarWidth NOTIFY
            sidebarWidthChanged FINAL)
    Q_PROPERTY(bool inspectorVisible READ inspectorVisible WRITE setInspectorVisible NOTIFY
            inspectorVisibleChanged FINAL)
    Q_PROPERTY(double inspectorWidth READ inspectorWidth WRITE setInspectorWidth NOTIFY
            inspectorWidthChanged FINAL)
    Q_PROPERTY(QRect windowGeometry READ windowGeometry WRITE setWindowGeometry NOTIFY
            windowGeometryChanged FINAL)

public:
    /// Keeps them in `file`, which need not exist.
    explicit Preferences(const QString &file, QObject *parent = nullptr);

    [[nodiscard]] Qt::ColorScheme scheme() const;
    void setScheme(Qt::ColorScheme scheme);
    [[nodiscard]] double zoom() const;
    [[nodiscard]] double proseSize() const;
    void setProseSize(double size);
    [[nodiscard]] bool reduceMotion() const;
    void setReduceMotion(bool reduce);
    [[nodiscard]] bool enterSends() const;
    void setEnterSends(bool sends);
    [[nodiscard]] bool sidebarVisible() const;
    void setSidebarVisible(bool visible);
    [[nodiscard]] double sidebarWidth() const;
    void setSidebarWidth(double width);
    [[nodiscard]] bool inspectorVisible() const;
    void setInspectorVisible(bool visible);
    [[nodiscard]] double inspectorWidth() const;
    void setInspectorWidth(double width);
    /// Adapters that were used at an endpoint, the last one first.
    [[nodiscard]] QList<RecentAdapter> recentAdapters(QUuid endpoint) const;
    void addRecentAdapter(QUuid endpoint, const RecentAdapter &adapter);
    [[nodiscard]] QList<ModelPrice> prices() const;
    void setPrices(const QList<ModelPrice> &prices);
    /// Who judges answers, and by what: a JudgeSetup as it is stored; empty: nobody yet.
    [[nodiscard]] QString judgeSetup() const;
    void setJudgeSetup(const QString &stored);
    /// Null until a window was closed once.
    [[nodiscard]] QRect windowGeometry() const;
    void setWindowGeometry(const QRect &geometry);

    /// One step up or down the scale 0.85, 1, 1.15, 1.3, 1.5; 0 goes back to 1.
    Q_INVOKABLE void stepZoom(int steps);

Q_SIGNALS:
    void schemeChanged();
    void zoomChanged();
    void proseSizeChanged();
    void reduceMotionChanged();
    void enterSendsChanged();
    void sidebarVisibleChanged();
    void sidebarWidthChanged();
    void inspectorVisibleChanged();
    void inspectorWidthChanged();
    void recentAdaptersChanged();
    void pricesChanged();
    void windowGeometryChanged();

private:
    /// True if `value` differs from what was kept, or from `fallback` where nothing was.
    [[nodiscard]] bool keep(
        QAnyStringView key, const QVariant &value, const QVariant &fallback = {});

    QSettings m_settings;
};

} // namespace Lorikeet

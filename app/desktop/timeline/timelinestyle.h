// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "timeline/textstyle.h"

#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <memory>

namespace KSyntaxHighlighting {
class Repository;
}

namespace Lorikeet {

/// The theme's fonts and colours, as the timelines of a window use them. QML binds the properties;
/// changed() comes once for all that change together. Also keeps the syntax definitions, which are
/// read on first use.
class TimelineStyle : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QFont prose READ prose WRITE setProse NOTIFY changed FINAL)
    Q_PROPERTY(QList<QFont> headings READ headings WRITE setHeadings NOTIFY changed FINAL)
    Q_PROPERTY(QFont code READ code WRITE setCode NOTIFY changed FINAL)
    Q_PROPERTY(QFont metric READ metric WRITE setMetric NOTIFY changed FINAL)
    Q_PROPERTY(QFont number READ number WRITE setNumber NOTIFY changed FINAL)
    Q_PROPERTY(qreal proseLine READ proseLine WRITE setProseLine NOTIFY changed FINAL)
    Q_PROPERTY(qreal unit READ unit WRITE setUnit NOTIFY changed FINAL)
    /// text, textSecondary, textMuted, link, warning, danger, good.
    Q_PROPERTY(QList<QColor> textColors READ textColors WRITE setTextColors NOTIFY changed FINAL)
    /// keyword, string, number, comment, function, type.
    Q_PROPERTY(QList<QColor> codeColors READ codeColors WRITE setCodeColors NOTIFY changed FINAL)

public:
    explicit TimelineStyle(QObject *parent = nullptr);
    ~TimelineStyle() override;

    [[nodiscard]] const TextStyle &value() const { return m_value; }

    [[nodiscard]] KSyntaxHighlighting::Repository &syntax();

    [[nodiscard]] QFont prose() const { return m_value.prose; }

    [[nodiscard]] QList<QFont> headings() const;

    [[nodiscard]] QFont code() const { return m_value.code; }

    [[nodiscard]] QFont metric() const { return m_value.metric; }

    [[nodiscard]] QFont number() const { return m_value.number; }

    [[nodiscard]] qreal proseLine() const { return m_value.proseLine; }

    [[nodiscard]] qreal unit() const { return m_value.unit; }

    [[nodiscard]] QList<QColor> textColors() const;
    [[nodiscard]] QList<QColor> codeColors() const;

    void setProse(const QFont &font);
    void setHeadings(const QList<QFont> &fonts);
    void setCode(const QFont &font);
    void setMetric(const QFont &font);
    void setNumber(const QFont &font);
    void setProseLine(qreal height);
    void setUnit(qreal unit);
    void setTextColors(const QList<QColor> &colors);
    void setCodeColors(const QList<QColor> &colors);
    /// Text is rendered natively, without design metrics.
    void setNativeText(bool native);

Q_SIGNALS:
    void changed();

private:
    template<typename T>
    void assign(T &member, const T &value)
    {
        if (!(member == value)) {
            member = value;
            m_notify.start();
        }
    }

    TextStyle m_value;
    QTimer m_notify;
    std::unique_ptr<KSyntaxHighlighting::Repository> m_syntax;
};

} // namespace Lorikeet

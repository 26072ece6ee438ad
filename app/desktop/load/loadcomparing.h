// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "charts/chartdata.h"
#include "loadresults/foreignreport.h"
#include "loadresults/loadcomparison.h"
#include "loadresults/loadhistory.h"

#include <QHash>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// A figure of one of several runs, against that of the first.
struct ComparedFigure
{
    Q_GADGET
    QML_VALUE_TYPE(comparedFigure)
    Q_PROPERTY(QString value MEMBER value FINAL)
    /// "+12 % (4 to 19 ms)"; empty: it is the first's, or cannot be told.
    Q_PROPERTY(QString difference MEMBER difference FINAL)
    /// In a sentence: how it was tested, or why not.
    Q_PROPERTY(QString why MEMBER why FINAL)
    /// An Outcome of LoadComparing.
    Q_PROPERTY(int outcome MEMBER outcome FINAL)
    Q_PROPERTY(bool sure MEMBER sure FINAL)

public:
    QString value;
    QString difference;
    QString why;
    int outcome = 0;
    bool sure = true;

    friend bool operator==(const ComparedFigure &, const ComparedFigure &) = default;
};

struct ComparedRow
{
    Q_GADGET
    QML_VALUE_TYPE(comparedRow)
    Q_PROPERTY(QString name MEMBER name FINAL)
    Q_PROPERTY(QList<Lorikeet::ComparedFigure> cells MEMBER cells FINAL)

public:
    QString name;
    QList<ComparedFigure> cells;

    friend bool operator==(const ComparedRow &, const ComparedRow &) = default;
};

/// What was set up otherwise.
struct ComparedSetUp
{
    Q_GADGET
    QML_VALUE_TYPE(comparedSetUp)
    Q_PROPERTY(QString name MEMBER name FINAL)
    Q_PROPERTY(QStringList values MEMBER values FINAL)

public:
    QString name;
    QStringList values;

    friend bool operator==(const ComparedSetUp &, const ComparedSetUp &) = default;
};

/// Runs of the history side by side; the first is what the others are held against.
class LoadComparing final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the load test")
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    /// There is something to show.
    Q_PROPERTY(bool shown READ isShown NOTIFY changed FINAL)
    Q_PROPERTY(QStringList names READ names NOTIFY changed FINAL)
    Q_PROPERTY(QList<Lorikeet::ComparedRow> rows READ rows NOTIFY changed FINAL)
    Q_PROPERTY(QList<Lorikeet::ComparedSetUp> setUp READ setUp NOTIFY changed FINAL)
    /// Why it should be taken with care.
    Q_PROPERTY(QStringList cautions READ cautions NOTIFY changed FINAL)
    /// Of each run but the first: what to make of it.
    Q_PROPERTY(QStringList sentences READ sentences NOTIFY changed FINAL)
    Q_PROPERTY(Lorikeet::ChartData *firstToken MEMBER m_firstToken CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::ChartData *tokens MEMBER m_tokens CONSTANT FINAL)

public:
    /// ComparisonCell::Outcome.
    enum Outcome { First, Missing, Unlike, Untested, Alike, Better, Worse, Other };
    Q_ENUM(Outcome)

    explicit LoadComparing(QObject *parent);

    [[nodiscard]] bool isBusy() const { return m_isBusy; }

    [[nodiscard]] bool isShown() const { return m_comparison.names.size() > 1; }

    [[nodiscard]] QStringList names() const { return m_comparison.names; }

    [[nodiscard]] QList<ComparedRow> rows() const;
    [[nodiscard]] QList<ComparedSetUp> setUp() const;

    [[nodiscard]] QStringList cautions() const { return m_comparison.cautions; }

    [[nodiscard]] QStringList sentences() const;

    /// Reads and compares them, which takes a moment; until then there is nothing to show.
    /// `foreign`: what other tools measured, by their ids.
    void compare(const LoadHistory &history, const QList<QUuid> &runs,
        const QHash<QUuid, ForeignReport> &foreign);

Q_SIGNALS:
    void changed();
    void failed(const QString &sentence);

private:
    struct Found;

    [[nodiscard]] static Result<Found> find(const LoadHistory &history, const QList<QUuid> &runs,
        const QHash<QUuid, ForeignReport> &foreign);
    void show(const Found &found);

    ChartData *m_firstToken;
    ChartData *m_tokens;
    LoadComparison m_comparison;
    bool m_isBusy = false;
    int m_asked = 0; ///< counts the comparisons, of which only the last is shown
};

} // namespace Lorikeet

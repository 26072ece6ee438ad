// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listmodel.h"
#include "load/workloadpreview.h"

#include <QPointF>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// What the numbers of a block are kept within.
namespace LoadBlockLimits {
inline constexpr double leastSeconds = 0.1;
inline constexpr double mostSeconds = 86'400;
inline constexpr double mostLoad = 100'000;
inline constexpr int mostSteps = 1000;
inline constexpr double leastBurstiness = 0.01;
inline constexpr double mostBurstiness = 100;
} // namespace LoadBlockLimits

/// The numbers of a block.
struct LoadBlockFacts
{
    Q_GADGET
    QML_VALUE_TYPE(loadBlockFacts)
    /// A LoadBlocks::Shape.
    Q_PROPERTY(int shape MEMBER shape FINAL)
    /// A LoadBlocks::Unit.
    Q_PROPERTY(int unit MEMBER unit FINAL)
    Q_PROPERTY(double begin MEMBER begin FINAL)
    Q_PROPERTY(double seconds MEMBER seconds FINAL)
    Q_PROPERTY(double from MEMBER from FINAL)
    Q_PROPERTY(double to MEMBER to FINAL)
    Q_PROPERTY(int steps MEMBER steps FINAL)
    Q_PROPERTY(double burstiness MEMBER burstiness FINAL)

public:
    int shape = 0;
    int unit = 0;
    double begin = 0; ///< s
    double seconds = 0;
    double from = 0;
    double to = 0;
    int steps = 0;
    double burstiness = 1;

    friend bool operator==(const LoadBlockFacts &, const LoadBlockFacts &) = default;
};

/// The shape of a load as a row of blocks that a person draws.
class LoadBlocks final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the load test")
    Q_PROPERTY(int count READ count NOTIFY edited FINAL)
    /// Of all together.
    Q_PROPERTY(double seconds READ seconds NOTIFY edited FINAL)
    /// The load that the top of the drawing stands for.
    Q_PROPERTY(double top READ top NOTIFY edited FINAL)
    /// What is written beside the drawing, from its bottom to its top.
    Q_PROPERTY(QStringList scale READ scale NOTIFY edited FINAL)
    /// Why it cannot be run; empty: it can.
    Q_PROPERTY(QString problem READ problem NOTIFY edited FINAL)
    /// All of it in words.
    Q_PROPERTY(QString summary READ summary NOTIFY edited FINAL)

public:
    enum Role {
        ShapeRole = Qt::UserRole + 1, ///< a Shape
        TitleRole, ///< "8 users", "5 → 20/s"
        DetailRole, ///< "closed loop · 30 s"
        SecondsRole,
        FromRole,
        ToRole,
        OutlineRole, ///< the load over its time, both from 0 to 1
        BeginRole, ///< seconds
        OpenRole, ///< a rate is held, not a number of users
    };

    /// How a block looks, and what can be added.
    enum Shape {
        Closed,
        Constant,
        Poisson,
        Burst,
        Ramp,
        Stairs,
        Pause,
        Trace, ///< as it was recorded
        Spike, ///< to be added alone: a short block between two
    };
    Q_ENUM(Shape)

    /// What grows: a LoadBlock::Kind.
    enum Unit { Users, Rate, Nothing };
    Q_ENUM(Unit)

    explicit LoadBlocks(QObject *parent);

    [[nodiscard]] int count() const { return int(m_rows.size()); }

    [[nodiscard]] double seconds() const;
    [[nodiscard]] double top() const;
    [[nodiscard]] QStringList scale() const;
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QString summary() const;

    [[nodiscard]] LoadCurve curve() const;
    void setCurve(const LoadCurve &curve);
    /// Of the trace that blocks play, one after the other; whether it begins again at its end. One
    /// that was added is as long as all of it until somebody says otherwise.
    void tellRecording(const TraceCurve &recording, bool cycles);
    /// It depends on a trace that is not known yet.
    [[nodiscard]] bool isLengthOpen() const;
    /// There is no trace any more, and no block that plays it.
    void dropTrace();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// Behind this row, which may be -1. Gives its row; of a spike that of its peak.
    Q_INVOKABLE int add(int shape, int after);
    Q_INVOKABLE void remove(int row);
    Q_INVOKABLE void move(int from, int to);
    Q_INVOKABLE void setShape(int row, int shape);
    /// A moment of the load as the charts of a run name it: "1:05".
    Q_INVOKABLE [[nodiscard]] static QString timeText(double seconds);
    /// The row of what stands there, in seconds; of the nearest where nothing does.
    Q_INVOKABLE [[nodiscard]] int rowAt(double second) const;
    Q_INVOKABLE [[nodiscard]] Lorikeet::LoadBlockFacts facts(int row) const;
    /// Users or requests a second, the rest as it is.
    Q_INVOKABLE void setUnit(int row, int unit);
    Q_INVOKABLE void setSeconds(int row, double seconds);
    // As they are typed.
    void setFrom(int row, double load);
    void setTo(int row, double load);
    /// Both ends.
    void setLoad(int row, double load);
    void setSteps(int row, int steps);
    void setBurstiness(int row, double burstiness);
    /// With the pointer, so to a number that has two digits: of a slope the end that is meant.
    Q_INVOKABLE void dragLoad(int row, double load, bool isBegin);
    /// By the keyboard: one step more or less, of the size that is of use there.
    Q_INVOKABLE void nudgeLoad(int row, int steps);
    Q_INVOKABLE void nudgeSeconds(int row, int steps);
    /// The top of the drawing stays where it is until it is let go of: it is being dragged.
    Q_INVOKABLE void hold();
    Q_INVOKABLE void release();

Q_SIGNALS:
    void edited();

private:
    struct Row
    {
        int key = 0;
        LoadBlock block;
        double begin = 0; ///< s
        double top = 1;
        QList<QPointF> rates; ///< of a trace: from where on (0 to 1), and how many a second
        bool isAsLongAsTrace = false;
        friend bool operator==(const Row &, const Row &) = default;
    };

    [[nodiscard]] static double secondsOf(const LoadBlock &block);
    [[nodiscard]] static Shape shapeOf(const LoadBlock &block);
    [[nodiscard]] static LoadBlock shaped(LoadBlock block, Shape shape);
    [[nodiscard]] static QString titleOf(const LoadBlock &block);
    [[nodiscard]] static QString detailOf(const LoadBlock &block);
    [[nodiscard]] static QList<QPointF> outlineOf(const Row &row);
    [[nodiscard]] static double naturalTop(const QList<Row> &rows);

    [[nodiscard]] bool isRow(int row) const { return row >= 0 && row < m_rows.size(); }

    void record(QList<Row> &rows) const;
    void apply(QList<Row> rows);
    template<typename Change>
    void change(int row, const Change &change);

    QList<Row> m_rows;
    TraceCurve m_recording;
    bool m_cycles = false; ///< the recording
    int m_lastKey = 0;
    double m_held = 0; ///< 0: it is not
};

} // namespace Lorikeet

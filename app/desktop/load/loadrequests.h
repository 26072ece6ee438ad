// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listmodel.h"
#include "load/serviceobjective.h"
#include "load/sharedsamples.h"

#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <vector>

namespace Lorikeet {

/// The requests of a run, of which there may be millions: those a person asks for, in the order
/// that is wanted. Rows are made when they are looked at.
class LoadRequests final : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the load test")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)
    /// Of all, whatever is shown.
    Q_PROPERTY(int all READ all NOTIFY countChanged FINAL)
    Q_PROPERTY(int filter READ filter WRITE setFilter NOTIFY viewChanged FINAL)
    /// One of the mix; -1: all.
    Q_PROPERTY(int choice READ choice WRITE setChoice NOTIFY viewChanged FINAL)
    Q_PROPERTY(int sorting READ sorting NOTIFY viewChanged FINAL)
    Q_PROPERTY(bool descending READ isDescending NOTIFY viewChanged FINAL)

public:
    enum Role {
        NumberRole = Qt::UserRole + 1, ///< of its conversation and turn: "17", "17.2"
        DueRole,
        ChoiceRole, ///< the name of whom it asked
        LookRole, ///< the number of the choice's colour; -1: there is none
        OutcomeRole, ///< "answered", "connection refused"
        StateRole, ///< a State
        FirstTokenRole,
        TotalRole,
        TokensRole,
        SpeedRole,
        LagRole,
    };

    enum State { Answered, Failed, Cancelled };
    Q_ENUM(State)

    enum Filter { All, OnlyAnswered, OnlyFailed, OnlyCancelled, OverLimits, Stalled };
    Q_ENUM(Filter)

    enum Sorting { ByEnd, ByDue, ByFirstToken, ByTotal, ByTokens, BySpeed, ByLag };
    Q_ENUM(Sorting)

    explicit LoadRequests(QObject *parent);

    [[nodiscard]] int count() const { return int(m_order.size()); }

    [[nodiscard]] int all() const { return int(m_samples.size()); }

    [[nodiscard]] int filter() const { return m_filter; }

    void setFilter(int filter);

    [[nodiscard]] int choice() const { return m_choice; }

    void setChoice(int choice);

    [[nodiscard]] int sorting() const { return m_sorting; }

    [[nodiscard]] bool isDescending() const { return m_isDescending; }

    /// A new run begins: who is asked, and what limits there are.
    void begin(const QStringList &choices, const ServiceObjective &objective);
    void append(const LoadSamples &samples);
    /// All of a run that is over, which are not copied.
    void show(const SharedSamples &samples);
    /// The same as were appended one by one: what is shown stays as it is.
    void share(const SharedSamples &samples);

    [[nodiscard]] const LoadSamples &samples() const { return m_samples; }

    /// Null where there is no such row.
    [[nodiscard]] const LoadSample *sampleAt(int row) const;

    [[nodiscard]] QString choiceName(int choice) const { return m_choices.value(choice); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// Of the same column again: the other way round.
    Q_INVOKABLE void sortBy(int sorting);
    /// Of a sample by its place among all; -1: it is not shown.
    Q_INVOKABLE [[nodiscard]] int rowOf(int sample) const;
    /// The place among all samples of a row; -1: there is none.
    Q_INVOKABLE [[nodiscard]] int placeAt(int row) const;

Q_SIGNALS:
    void countChanged();
    void viewChanged();

private:
    using Place = quint32;

    [[nodiscard]] bool matches(const LoadSample &sample) const;
    /// By what it is sorted; a NaN where it has no such figure.
    [[nodiscard]] double keyOf(const LoadSample &sample) const;
    [[nodiscard]] bool isBefore(Place first, Place second) const;

    [[nodiscard]] bool isPlain() const { return m_sorting == ByEnd && !m_isDescending; }

    void arrange();
    void sortNew();

    SharedSamples m_samples;
    std::vector<double> m_keys; ///< of all samples; none where the order is the plain one
    std::vector<Place> m_order;
    std::size_t m_sorted = 0; ///< rows; those behind are new, and as they came
    QTimer m_settling;
    QStringList m_choices;
    ServiceObjective m_objective;
    int m_filter = All;
    int m_choice = -1;
    int m_sorting = ByEnd;
    bool m_isDescending = false;
};

/// How a request ended, in a few words.
[[nodiscard]] QString outcomeText(const LoadSample &sample);

} // namespace Lorikeet

// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "charts/chartspan.h"
#include "load/loadnumber.h"
#include "load/steadystate.h"
#include "loadresults/loadresult.h"

namespace Lorikeet {

/// The stretch of a run that its figures are of, as a person moves its ends. Times in seconds since
/// the run began.
class LoadCut final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the load test")
    Q_PROPERTY(Lorikeet::LoadNumber *from MEMBER m_from CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *to MEMBER m_to CONSTANT FINAL)
    /// The single requests are there, of which figures can be made anew.
    Q_PROPERTY(bool possible READ isPossible NOTIFY changed FINAL)
    /// It was moved from where the run had it.
    Q_PROPERTY(bool moved READ isMoved NOTIFY changed FINAL)
    /// The steady state that was found: "2.0 s to 28 s"; empty: there is none.
    Q_PROPERTY(QString steady READ steady NOTIFY changed FINAL)
    /// What is wrong with what is typed, in a sentence; empty: nothing.
    Q_PROPERTY(QString problem READ problem NOTIFY changed FINAL)

public:
    explicit LoadCut(QObject *parent);

    [[nodiscard]] bool isPossible() const { return m_isPossible; }

    [[nodiscard]] bool isMoved() const { return m_shown != m_first; }

    [[nodiscard]] QString steady() const;
    [[nodiscard]] QString problem() const;

    /// Another stage is in sight.
    void show(const LoadStage &stage);
    /// Figures were made of this stretch of it.
    void moved(const LoadWindow &window);

    /// To what is typed.
    Q_INVOKABLE void apply();
    /// To what the charts show.
    Q_INVOKABLE void toSpan(const Lorikeet::ChartSpan *span);
    Q_INVOKABLE void toSteady();
    /// To where the run had it.
    Q_INVOKABLE void toFirst();

Q_SIGNALS:
    void changed();
    /// Figures are to be made of it.
    void wanted(const Lorikeet::LoadWindow &window);

private:
    void want(double from, double to);
    void fill(const LoadWindow &window);

    LoadNumber *m_from;
    LoadNumber *m_to;
    LoadWindow m_first;
    LoadWindow m_shown;
    SteadyState m_steady;
    double m_length = 0; ///< of the run
    bool m_isPossible = false;
};

} // namespace Lorikeet

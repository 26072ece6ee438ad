// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadblockeditor.h"

#include <array>

namespace Lorikeet {

using namespace LoadBlockLimits;

LoadBlockEditor::LoadBlockEditor(LoadBlocks &blocks, QObject *parent)
    : QObject(parent)
    , m_blocks(blocks)
    , m_from(number([](LoadBlocks &into, int row, double value) { into.setFrom(row, value); }))
    , m_to(number([](LoadBlocks &into, int row, double value) { into.setTo(row, value); }))
    , m_steps(
          number([](LoadBlocks &into, int row, double value) { into.setSteps(row, int(value)); }))
    , m_burstiness(
          number([](LoadBlocks &into, int row, double value) { into.setBurstiness(row, value); }))
    , m_seconds(
          number([](LoadBlocks &into, int row, double value) { into.setSeconds(row, value); }))
{
    m_steps->setLimits({.least = 2, .most = mostSteps, .isWhole = true});
    m_burstiness->setLimits({.least = leastBurstiness, .most = mostBurstiness});
    m_seconds->setLimits({.least = leastSeconds, .most = mostSeconds});
    connect(&m_blocks, &LoadBlocks::edited, this, [this] { read(false); });
    read(true);
}

LoadNumber *LoadBlockEditor::number(Setter set)
{
    auto *number = new LoadNumber({}, this);
    connect(number, &LoadNumber::changed, this, [this, number, set] {
        if (m_isReading) {
            return;
        }
        if (const std::optional<double> value = number->value()) {
            // Of a block that is no slope the first number is that of both ends.
            if (number == m_from && !isSloped()) {
                m_blocks.setLoad(m_row, *value);
            } else {
                set(m_blocks, m_row, *value);
            }
        }
        Q_EMIT changed();
    });
    return number;
}

void LoadBlockEditor::setRow(int row)
{
    if (m_row != row) {
        m_row = row;
        read(true);
    }
}

/// A number that was typed is left as it is written while it means the same, or nothing.
void LoadBlockEditor::read(bool isOther)
{
    const LoadBlockFacts before = m_facts;
    m_facts = m_blocks.facts(m_row);
    const bool isUsers = m_facts.unit == LoadBlocks::Users;
    m_isReading = true;
    for (LoadNumber *load : {m_from, m_to}) {
        load->setLimits({.least = isSloped() ? 0
                : isUsers                    ? 1
                                             : 0.001,
            .most = mostLoad,
            .isWhole = isUsers});
    }

    struct Shown
    {
        LoadNumber *number;
        double was;
        double is;
    };

    for (const Shown &shown :
        std::array{Shown{m_from, before.from, m_facts.from}, Shown{m_to, before.to, m_facts.to},
            Shown{m_steps, double(before.steps), double(m_facts.steps)},
            Shown{m_burstiness, before.burstiness, m_facts.burstiness},
            Shown{m_seconds, before.seconds, m_facts.seconds}}) {
        if (isOther || (shown.was != shown.is && shown.number->value() != shown.is)) {
            shown.number->set(shown.is);
        }
    }
    m_isReading = false;
    Q_EMIT changed();
}

QString LoadBlockEditor::problem() const
{
    QList<const LoadNumber *> inSight{m_seconds};
    if (m_facts.shape != LoadBlocks::Pause && m_facts.shape != LoadBlocks::Trace) {
        inSight.append(m_from);
    }
    if (isSloped()) {
        inSight.append(m_to);
    }
    if (m_facts.shape == LoadBlocks::Stairs) {
        inSight.append(m_steps);
    }
    if (m_facts.shape == LoadBlocks::Burst) {
        inSight.append(m_burstiness);
    }
    for (const LoadNumber *number : inSight) {
        if (!number->problem().isEmpty()) {
            return tr("Block %1: %2").arg(m_row + 1).arg(number->problem());
        }
    }
    return {};
}

} // namespace Lorikeet

// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/loadblocks.h"
#include "load/loadnumber.h"

namespace Lorikeet {

/// The numbers of one block as they are typed. What is right goes to the block at once; what is
/// wrong stays in its field with a sentence, until another block is chosen.
class LoadBlockEditor final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the load test")
    /// The block.
    Q_PROPERTY(int row READ row WRITE setRow NOTIFY changed FINAL)
    Q_PROPERTY(Lorikeet::LoadBlockFacts facts READ facts NOTIFY changed FINAL)
    /// It has two ends that differ.
    Q_PROPERTY(bool sloped READ isSloped NOTIFY changed FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *from MEMBER m_from CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *to MEMBER m_to CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *steps MEMBER m_steps CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *burstiness MEMBER m_burstiness CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadNumber *seconds MEMBER m_seconds CONSTANT FINAL)

public:
    /// `blocks` outlive it.
    LoadBlockEditor(LoadBlocks &blocks, QObject *parent);

    [[nodiscard]] int row() const { return m_row; }

    void setRow(int row);

    [[nodiscard]] LoadBlockFacts facts() const { return m_facts; }

    [[nodiscard]] bool isSloped() const
    {
        return m_facts.shape == LoadBlocks::Ramp || m_facts.shape == LoadBlocks::Stairs;
    }

    /// What is wrong with a number that is typed, in a sentence; empty: nothing.
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void changed();

private:
    using Setter = void (*)(LoadBlocks &, int row, double value);

    [[nodiscard]] LoadNumber *number(Setter set);
    void read(bool isOther);

    LoadBlocks &m_blocks;
    int m_row = 0;
    bool m_isReading = false;
    LoadBlockFacts m_facts;
    LoadNumber *m_from;
    LoadNumber *m_to;
    LoadNumber *m_steps;
    LoadNumber *m_burstiness;
    LoadNumber *m_seconds;
};

} // namespace Lorikeet

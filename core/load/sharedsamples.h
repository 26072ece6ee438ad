// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/loadsample.h"

#include <memory>
#include <utility>

namespace Lorikeet {

/// The samples of a run, of which there may be a million: all who have them share them, until one
/// of these appends some. A value.
class SharedSamples final
{
public:
    SharedSamples() = default;

    SharedSamples(LoadSamples samples) // NOLINT(google-explicit-constructor): they are the same
        : m_samples(std::make_shared<LoadSamples>(std::move(samples)))
    { }

    operator const LoadSamples &() const
    {
        return *m_samples;
    } // NOLINT(google-explicit-constructor)

    [[nodiscard]] auto begin() const { return m_samples->cbegin(); }

    [[nodiscard]] auto end() const { return m_samples->cend(); }

    [[nodiscard]] std::size_t size() const { return m_samples->size(); }

    [[nodiscard]] bool empty() const { return m_samples->empty(); }

    [[nodiscard]] const LoadSample &operator[](std::size_t place) const
    {
        return (*m_samples)[place];
    }

    void append(const LoadSamples &more)
    {
        if (m_samples.use_count() > 1) {
            m_samples = std::make_shared<LoadSamples>(*m_samples);
        }
        m_samples->insert(m_samples->end(), more.begin(), more.end());
    }

    [[nodiscard]] bool isShared() const { return m_samples.use_count() > 1; }

    friend bool operator==(const SharedSamples &a, const SharedSamples &b)
    {
        return a.m_samples == b.m_samples || *a.m_samples == *b.m_samples;
    }

private:
    std::shared_ptr<LoadSamples> m_samples
        = std::make_shared<LoadSamples>(); ///< null only of one that was moved away
};

} // namespace Lorikeet

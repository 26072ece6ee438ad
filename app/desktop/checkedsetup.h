// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/chatnode.h"

#include <QFuture>

#include <optional>
#include <utility>

namespace Lorikeet {

/// A part of a chat's setup that need not be there and can be switched off, as it is edited; whom
/// it would be sent to, and what checking the two found. Lives on the thread of its owner.
template<typename Setup, typename Finding>
class CheckedSetup
{
public:
    /// `initial` stands for a part that is not there.
    explicit CheckedSetup(Setup initial = {})
        : m_initial(std::move(initial))
        , m_setup(m_initial)
    { }

    const Setup *operator->() const { return &m_setup; }

    const Setup &operator*() const { return m_setup; }

    [[nodiscard]] const Endpoint &endpoint() const { return m_endpoint; }

    [[nodiscard]] const ParameterSet &parameters() const { return m_parameters; }

    [[nodiscard]] const Finding &finding() const { return m_finding; }

    /// The part; nothing: a chat that never had it, and no person gave it one.
    [[nodiscard]] std::optional<Setup> part() const
    {
        return m_isEver ? std::optional(m_setup) : std::nullopt;
    }

    /// What a chat says. True: it is to be checked anew.
    bool set(const std::optional<Setup> &part, const ChatSetup &chat, const Endpoint &endpoint)
    {
        const Setup setup = part.value_or(m_initial);
        const bool isSame
            = m_setup == setup && m_endpoint == endpoint && m_parameters == chat.parameters;
        m_isEver = part.has_value();
        m_setup = setup;
        m_endpoint = endpoint;
        m_parameters = chat.parameters;
        return !isSame;
    }

    /// What a person wants. False: it is so.
    bool apply(const Setup &setup)
    {
        if (m_setup == setup) {
            return false;
        }
        m_setup = setup;
        m_isEver = true;
        return true;
    }

    /// Takes what `begin` comes to find, if nothing was checked since, and calls `found` on the
    /// thread of `context`, the owner. Nothing is found about what is off.
    template<typename Begin, typename Found>
    void check(QObject *context, Begin begin, Found found)
    {
        const quint64 asked = ++m_asked;
        if (!m_setup.isOn) {
            m_finding = {};
            found();
            return;
        }
        begin().then(context, [this, asked, found](const Finding &finding) {
            if (asked == m_asked) {
                m_finding = finding;
                found();
            }
        });
    }

private:
    Setup m_initial;
    bool m_isEver = false;
    Setup m_setup;
    Endpoint m_endpoint;
    ParameterSet m_parameters;
    Finding m_finding;
    quint64 m_asked = 0; ///< checks, of which only the last counts
};

} // namespace Lorikeet

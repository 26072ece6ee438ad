// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMetaType>
#include <QStringList>

namespace Lorikeet {

/// What a start of the store found. Each note is a sentence a person should see.
struct StoreReport
{
    bool created = false; ///< there was no database before
    int interrupted = 0; ///< answers that streamed when a program ended without a word
    QStringList notes;

    friend bool operator==(const StoreReport &, const StoreReport &) = default;
};

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::StoreReport)

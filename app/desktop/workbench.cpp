// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workbench.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

Workbench::Workbench(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_preferences(folder + "/lorikeet.ini"_L1)
{ }

} // namespace Lorikeet

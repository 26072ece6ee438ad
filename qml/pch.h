// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Precompiled: what the C++ that the QML compiler writes includes. Not included by any file.

#include <QDateTime>
#include <QJSEngine>
#include <QJSValue>
#include <QObject>
#include <QQmlComponent>
#include <QQmlContext>
#include <QQmlEngine>
#include <QRandomGenerator>
#include <QString>
#include <QStringList>
#include <QTimeZone>
#include <QUrl>
#include <QVariant>
#include <QtQml/qjsprimitivevalue.h>
#include <QtQml/qqmllist.h>
#include <QtQml/qqmlprivate.h>

#include <cmath>
#include <limits>
#include <type_traits>

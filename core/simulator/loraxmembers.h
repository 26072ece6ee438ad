// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/loraxparameters.h"

#include <QJsonValue>

#include <simdjson.h>

namespace Lorikeet::Sim {

/// A body that is JSON, but not of the shape that serde expects.
[[nodiscard]] LoraxRefusal wrongType(const QString &what);

/// The object that a body is. `parser` must live as long as it.
[[nodiscard]] tl::expected<simdjson::dom::object, LoraxRefusal> readLoraxObject(
    simdjson::dom::parser &parser, const QByteArray &bytes);

/// Reads the native `parameters` into `out`.
[[nodiscard]] std::optional<LoraxRefusal> readLoraxParameters(
    simdjson::dom::element value, LoraxParameters &out);

[[nodiscard]] QJsonValue toQJson(simdjson::dom::element value);

/// Reads members with the strictness of serde: unsigned numbers have no sign, integers no fraction,
/// and null is only for what may be absent. The first mistake is kept, later reads do nothing.
class LoraxMembers final
{
public:
    LoraxMembers(simdjson::dom::object object, QString prefix)
        : m_object(object)
        , m_prefix(std::move(prefix))
    { }

    template<typename T>
    void read(const char *name, std::optional<T> &out)
    {
        simdjson::dom::element value;
        if (find(name, value) && !value.is_null()) {
            T read{};
            if (convert(value, read)) {
                out = read;
            } else {
                mistake(name, value);
            }
        }
    }

    /// A member that must not be null.
    template<typename T>
    void readPlain(const char *name, T &out)
    {
        simdjson::dom::element value;
        if (find(name, value) && !convert(value, out)) {
            mistake(name, value);
        }
    }

    /// A member that must be there.
    template<typename T>
    [[nodiscard]] T required(const char *name)
    {
        T out{};
        simdjson::dom::element value;
        if (find(name, value)) {
            readPlain(name, out);
        } else if (!m_refused) {
            m_refused = wrongType(
                QStringLiteral("missing field `%1`").arg(m_prefix + QString::fromUtf8(name)));
        }
        return out;
    }

    [[nodiscard]] bool find(const char *name, simdjson::dom::element &value) const
    {
        return !m_refused && m_object[name].get(value) == simdjson::SUCCESS;
    }

    void mistake(const char *name, simdjson::dom::element value)
    {
        m_refused = wrongType(QStringLiteral("%1%2: invalid type or value: %3")
                .arg(m_prefix, QString::fromUtf8(name),
                    QString::fromStdString(simdjson::minify(value))));
    }

    [[nodiscard]] const std::optional<LoraxRefusal> &refused() const { return m_refused; }

private:
    static bool convert(simdjson::dom::element value, bool &out)
    {
        return value.get(out) == simdjson::SUCCESS;
    }

    static bool convert(simdjson::dom::element value, quint64 &out)
    {
        uint64_t number = 0;
        const bool good = value.get(number) == simdjson::SUCCESS;
        out = number;
        return good;
    }

    static bool convert(simdjson::dom::element value, qint64 &out)
    {
        int64_t number = 0;
        const bool good = value.get(number) == simdjson::SUCCESS;
        out = number;
        return good;
    }

    static bool convert(simdjson::dom::element value, double &out)
    {
        return value.get(out) == simdjson::SUCCESS;
    }

    static bool convert(simdjson::dom::element value, QString &out)
    {
        std::string_view text;
        const bool good = value.get(text) == simdjson::SUCCESS;
        out = QString::fromUtf8(text.data(), qsizetype(text.size()));
        return good;
    }

    template<typename T>
    static bool convert(simdjson::dom::element value, QList<T> &out)
    {
        simdjson::dom::array array;
        if (value.get(array) != simdjson::SUCCESS) {
            return false;
        }
        for (const simdjson::dom::element item : array) {
            T one{};
            if (!convert(item, one)) {
                return false;
            }
            out.append(one);
        }
        return true;
    }

    simdjson::dom::object m_object;
    QString m_prefix;
    std::optional<LoraxRefusal> m_refused;
};

} // namespace Lorikeet::Sim

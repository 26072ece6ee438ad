// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/endpointfile.h"

#include "base/environment.h"
#include "base/invalidrequest.h"
#include "providers/baseurl.h"
#include "providers/registry.h"
#include "store/endpointstore.h"
#include "store/storejson.h"
#include "store/tomljson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// What ids made of names are made with.
constexpr QUuid idSpace(0x6f3c2a51, 0x94d7, 0x4f0e, 0xb1, 0x5a, 0x2e, 0x7d, 0x90, 0xc4, 0x38, 0x6b);

constexpr auto keyName = "key"_L1;
constexpr auto adapterTokenName = "adapter_token"_L1;
constexpr auto cookieName = "cookie"_L1;
constexpr auto passphraseName = "client_key_passphrase"_L1;

/// Empty: there is no key.
QString keyToText(const KeyReference &key)
{
    switch (key.kind) {
    case KeyReference::Kind::Environment:
        return u"env:"_s + key.name;
    case KeyReference::Kind::Keychain:
    case KeyReference::Kind::Session: // whoever reads this has another session
        return u"keychain"_s;
    case KeyReference::Kind::None:
        break;
    }
    return {};
}

Result<KeyReference> keyFromText(
    const QJsonValue &value, QLatin1StringView member, const QString &whose)
{
    const QString text = value.toString();
    if (value.isUndefined()) {
        return KeyReference();
    }
    if (text == "keychain"_L1) {
        return KeyReference{.kind = KeyReference::Kind::Keychain, .name = {}};
    }
    if (text.startsWith("env:"_L1) && text.size() > 4) {
        return KeyReference{.kind = KeyReference::Kind::Environment, .name = text.sliced(4)};
    }
    // Not repeated: it may be the key itself.
    return invalidRequest(
        u"%1: “%2” says where the secret is, “env:NAME” or “keychain”; a secret itself does not "
        "belong into a file."_s.arg(whose, member));
}

QJsonObject storedObject(const Endpoint &endpoint)
{
    return QJsonDocument::fromJson(toStoredJson(endpoint).toUtf8()).object();
}

QJsonObject withoutDefaults(const QJsonObject &object, const QJsonObject &defaults)
{
    QJsonObject result;
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QJsonValue usual = defaults.value(it.key());
        if (it.value() == usual) {
            continue;
        }
        const bool isObject = it.value().isObject() && usual.isObject();
        result.insert(it.key(),
            isObject ? QJsonValue(withoutDefaults(it.value().toObject(), usual.toObject()))
                     : QJsonValue(it.value()));
    }
    return result;
}

QJsonObject toObject(const Endpoint &endpoint)
{
    QJsonObject object = withoutDefaults(storedObject(endpoint), storedObject(Endpoint()));
    object.remove(u"headers"_s);
    for (const auto &[name, reference] :
        {std::pair(keyName, endpoint.key), std::pair(adapterTokenName, endpoint.adapterToken),
            std::pair(cookieName, endpoint.cookie)}) {
        object.remove(name);
        if (const QString place = keyToText(reference); !place.isEmpty()) {
            object.insert(name, place);
        }
    }
    QJsonObject tls = object.take(u"tls"_s).toObject();
    tls.remove(passphraseName);
    if (const QString place = keyToText(endpoint.tls.clientKeyPassphrase); !place.isEmpty()) {
        tls.insert(passphraseName, place);
    }
    if (!tls.isEmpty()) {
        object.insert(u"tls"_s, tls);
    }
    QJsonObject headers;
    for (const Header &header : endpoint.headers) {
        if (!isPlainSecret(header)) {
            headers.insert(QString::fromUtf8(header.name), QString::fromUtf8(header.value));
        }
    }
    if (!headers.isEmpty()) {
        object.insert(u"headers"_s, headers);
    }
    return object;
}

Result<Endpoint> fromObject(QJsonObject object, const QString &whose)
{
    const QString typed = object.take(u"url"_s).toString();
    if (typed.isEmpty()) {
        return invalidRequest(u"%1 has no “url”."_s.arg(whose));
    }
    const Result<QByteArray> expanded = expandVariables(typed.toUtf8(), u"the URL of "_s + whose);
    if (!expanded) {
        return Failure(expanded.error());
    }
    const QString address = QString::fromUtf8(*expanded);
    const QJsonValue keyText = object.take(keyName);
    const QJsonValue tokenText = object.take(adapterTokenName);
    const QJsonValue cookieText = object.take(cookieName);
    const QJsonObject headers = object.take(u"headers"_s).toObject();
    QJsonObject tls = object.take(u"tls"_s).toObject();
    const QJsonValue passphraseText = tls.take(passphraseName);
    object.insert(u"tls"_s, tls);
    Endpoint endpoint = endpointFromStoredJson(
        QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)));
    const EndpointAddress place = endpointAddress(address);
    endpoint.url = place.url;
    if (!place.unixSocket.isEmpty()) {
        endpoint.unixSocket = place.unixSocket;
    }
    if (!endpoint.url.isValid()) {
        return invalidRequest(u"%1: “%2” is no address."_s.arg(whose, address));
    }
    if (!endpoint.provider.isEmpty() && !findProvider(endpoint.provider)) {
        return invalidRequest(u"%1: there is no dialect “%2”."_s.arg(whose, endpoint.provider));
    }
    for (const auto &[text, name, where] : {std::tuple(keyText, keyName, &endpoint.key),
             std::tuple(tokenText, adapterTokenName, &endpoint.adapterToken),
             std::tuple(cookieText, cookieName, &endpoint.cookie),
             std::tuple(passphraseText, passphraseName, &endpoint.tls.clientKeyPassphrase)}) {
        const Result<KeyReference> reference = keyFromText(text, name, whose);
        if (!reference) {
            return Failure(reference.error());
        }
        *where = *reference;
    }
    if (!endpoint.tls.pin.isEmpty()) {
        const std::optional<QString> pin = toFingerprint(endpoint.tls.pin);
        if (!pin) {
            return invalidRequest(
                u"%1: “pin” is a certificate's fingerprint, “sha256:” and 64 hexadecimal digits, "
                "not “%2”."_s.arg(whose, endpoint.tls.pin));
        }
        endpoint.tls.pin = *pin;
    }
    for (auto it = headers.begin(); it != headers.end(); ++it) {
        endpoint.headers.append({it.key().toUtf8(), it.value().toString().toUtf8()});
    }
    if (endpoint.name.isEmpty()) {
        endpoint.name = endpoint.url.host();
    }
    if (endpoint.id.isNull()) {
        endpoint.id = QUuid::createUuidV5(idSpace, endpoint.name);
    }
    if (const auto problem = secretInPlainText(endpoint)) {
        return invalidRequest(u"%1: %2"_s.arg(whose, *problem));
    }
    return endpoint;
}

Result<QJsonObject> fromJson(const QByteArray &content, const QString &file)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(content, &problem);
    if (problem.error != QJsonParseError::NoError) {
        const auto line
            = content.first(std::min<qsizetype>(problem.offset, content.size())).count('\n') + 1;
        return invalidRequest(
            u"%1 is not JSON: %2 in line %3."_s.arg(file, problem.errorString()).arg(line));
    }
    return document.object();
}

} // namespace

EndpointFileForm endpointFileForm(const QString &fileName)
{
    return fileName.endsWith(".toml"_L1, Qt::CaseInsensitive) ? EndpointFileForm::Toml
                                                              : EndpointFileForm::Json;
}

QByteArray endpointsToFile(const QList<Endpoint> &endpoints, EndpointFileForm form)
{
    QJsonArray list;
    for (const Endpoint &endpoint : endpoints) {
        list.append(toObject(endpoint));
    }
    const QJsonObject file{{u"endpoints"_s, list}};
    return form == EndpointFileForm::Toml ? tomlFromJson(file)
                                          : QJsonDocument(file).toJson(QJsonDocument::Indented);
}

Result<QList<Endpoint>> endpointsFromFile(const QByteArray &content, const QString &file)
{
    // No TOML begins with a brace.
    const bool isJson = content.trimmed().startsWith('{');
    const Result<QJsonObject> object
        = isJson ? fromJson(content, file) : jsonFromToml(content, file);
    if (!object) {
        return Failure(object.error());
    }
    if (!object->value(u"endpoints"_s).isArray()) {
        return invalidRequest(u"%1 holds no list “endpoints”."_s.arg(file));
    }
    QList<Endpoint> endpoints;
    const QJsonArray list = object->value(u"endpoints"_s).toArray();
    for (const QJsonValue &value : list) {
        const QString name = value[u"name"_s].toString();
        const QString whose = name.isEmpty()
            ? u"%1, endpoint %2"_s.arg(file).arg(endpoints.size() + 1)
            : u"%1, “%2”"_s.arg(file, name);
        Result<Endpoint> endpoint = fromObject(value.toObject(), whose);
        if (!endpoint) {
            return Failure(endpoint.error());
        }
        endpoints.append(*std::move(endpoint));
    }
    return endpoints;
}

} // namespace Lorikeet

// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/keptprompts.h"

#include "load/workloadsource.h"

#include <QCryptographicHash>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QByteArray hashOf(const LoadSource &source)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](const QString &text) {
        hash.addData(text.toUtf8());
        hash.addData(QByteArrayView("\0", 1));
    };
    for (const qint64 conversation : {0, 1}) {
        const Result<LoadRequest> request = source.request(conversation, 0, {});
        if (!request) {
            continue; // a file may have but one record
        }
        for (const Message &message : request->request.messages) {
            add(toWord(message.role));
            add(message.content);
        }
        add(request->query);
        for (const QString &text : request->texts) {
            add(text);
        }
    }
    return hash.result();
}

} // namespace

KeptPrompts keptPromptsOf(const LoadSource &source, const TokenCalibration &calibration)
{
    return {.calibration = calibration, .firstHash = hashOf(source)};
}

std::shared_ptr<const LoadSource> sourceOf(const LoadWorkload &workload, quint64 seed,
    const KeptPrompts &prompts, const QDateTime &startedAt)
{
    const bool hasFile = workload.kind != LoadWorkload::Kind::Synthetic;
    // One later record may be another, which no hash of the first ones tells.
    if (hasFile && QFileInfo(workload.file).lastModified() > startedAt) {
        return nullptr;
    }
    const auto source = makeLoadSource(workload, seed, prompts.calibration, {});
    return source && hashOf(**source) == prompts.firstHash ? *source : nullptr;
}

QJsonObject toJson(const KeptPrompts &prompts)
{
    return {{u"calibration"_s, toJson(prompts.calibration)},
        {u"first_sha256"_s, QString::fromLatin1(prompts.firstHash.toHex())}};
}

Result<KeptPrompts> keptPromptsFrom(const QJsonObject &object)
{
    return tokenCalibrationFrom(object.value(u"calibration"_s).toObject())
        .map([&object](const TokenCalibration &calibration) {
            return KeptPrompts{.calibration = calibration,
                .firstHash
                = QByteArray::fromHex(object.value(u"first_sha256"_s).toString().toLatin1())};
        });
}

} // namespace Lorikeet

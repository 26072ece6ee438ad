// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "batch/batchjournal.h"

#include "batch/batchinput.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace Lorikeet {

BatchJournal::BatchJournal(const QString &path)
    : m_path(path)
    , m_old(path)
    , m_part(path + u".part"_s)
{ }

BatchJournal::~BatchJournal()
{
    // A run that brought nothing leaves nothing behind.
    if (m_part.isOpen() && m_part.size() == 0) {
        m_part.remove();
    }
}

Failure BatchJournal::problem(const QFile &file, const QString &what) const
{
    return fail(
        ApiError::Kind::Storage, u"%1 %2: %3."_s.arg(file.fileName(), what, file.errorString()));
}

Result<std::unique_ptr<BatchJournal>> BatchJournal::open(const QString &path, Begin begin)
{
    std::unique_ptr<BatchJournal> journal(new BatchJournal(path));
    for (QFile *file : {&journal->m_old, &journal->m_part}) {
        if (!file->exists() || (begin == Begin::New && file->size() == 0)) {
            continue;
        }
        if (begin == Begin::New) {
            return fail(ApiError::Kind::Storage,
                u"%1 is there already: --resume goes on with it, or give another name."_s.arg(
                    file->fileName()));
        }
        const bool isPart = file == &journal->m_part;
        if (!file->open(isPart ? QIODevice::ReadWrite : QIODevice::ReadOnly)) {
            return journal->problem(*file, u"cannot be read"_s);
        }
        if (const Result<> read = journal->readAll(*file, isPart); !read) {
            return Failure(read.error());
        }
    }
    if (!journal->m_part.isOpen()
        && !journal->m_part.open(QIODevice::ReadWrite | QIODevice::Unbuffered)) {
        return journal->problem(journal->m_part, u"cannot be written"_s);
    }
    return journal;
}

Result<> BatchJournal::readAll(QFile &file, bool isPart)
{
    qint64 whole = 0;
    while (true) {
        const qint64 offset = file.pos();
        const QByteArray line = file.readLine();
        if (!line.endsWith('\n')) {
            break; // the end, or a line that a kill cut off
        }
        whole = file.pos();
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        const qint64 index = object[u"index"_s].toInteger(-1);
        if (index < 0) {
            return fail(ApiError::Kind::Storage,
                u"%1 holds a line that is no result of a batch; it is left as it is."_s.arg(
                    file.fileName()));
        }
        m_places.insert(index, {.isPart = isPart, .offset = offset, .size = line.size()});
        if (object.contains("error"_L1)) {
            m_done.remove(index);
        } else {
            m_done.insert(index, object[u"key"_s].toString().toLatin1());
        }
    }
    if (isPart && whole != file.size() && !file.resize(whole)) {
        return problem(file, u"cannot be written"_s);
    }
    file.seek(whole);
    return {};
}

bool BatchJournal::isDone(const BatchItem &item) const
{
    const auto it = m_done.constFind(item.index);
    return it != m_done.cend() && !it->isEmpty() && *it == item.key;
}

Result<> BatchJournal::append(const QJsonObject &result)
{
    const QByteArray line = QJsonDocument(result).toJson(QJsonDocument::Compact) + '\n';
    const qint64 offset = m_part.size();
    if (!m_part.seek(offset) || m_part.write(line) != line.size() || !m_part.flush()) {
        return problem(m_part, u"cannot be written"_s);
    }
    m_places.insert(
        result[u"index"_s].toInteger(), {.isPart = true, .offset = offset, .size = line.size()});
    return {};
}

Result<> BatchJournal::finish(qint64 count)
{
    QSaveFile out(m_path);
    if (!out.open(QIODevice::WriteOnly)) {
        return fail(
            ApiError::Kind::Storage, u"%1 cannot be written: %2."_s.arg(m_path, out.errorString()));
    }
    for (auto it = m_places.cbegin(); it != m_places.cend() && it.key() < count; ++it) {
        QFile &source = it->isPart ? m_part : m_old;
        source.seek(it->offset);
        const QByteArray line = source.read(it->size);
        if (line.size() != it->size) {
            return problem(source, u"cannot be read"_s);
        }
        out.write(line);
    }
    if (!out.commit()) {
        return fail(ApiError::Kind::Storage,
            u"%1 cannot be written: %2. The results are in %3."_s.arg(
                m_path, out.errorString(), m_part.fileName()));
    }
    m_part.remove();
    return {};
}

} // namespace Lorikeet

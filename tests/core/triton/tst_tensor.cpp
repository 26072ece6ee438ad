// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/tensor.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;
using namespace Lorikeet;
using namespace Lorikeet::Triton;

namespace {

QJsonValue json(const QByteArray &text)
{
    return QJsonDocument::fromJson('[' + text + ']').array().first();
}

} // namespace

/// Arrays of every type, as bytes and as JSON.
class TestTensor final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void everyTypeIsPackedLittleEndian_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QByteArray>("values");
        QTest::addColumn<QByteArray>("hex");
        QTest::newRow("BOOL") << u"BOOL"_s << "[true,false]"_ba << "0100"_ba;
        QTest::newRow("UINT8") << u"UINT8"_s << "[0,255]"_ba << "00ff"_ba;
        QTest::newRow("UINT16") << u"UINT16"_s << "[258,65535]"_ba << "0201ffff"_ba;
        QTest::newRow("UINT32") << u"UINT32"_s << "[1,4294967295]"_ba << "01000000ffffffff"_ba;
        QTest::newRow("UINT64") << u"UINT64"_s << R"([1,"18446744073709551615"])"_ba
                                << "0100000000000000ffffffffffffffff"_ba;
        QTest::newRow("INT8") << u"INT8"_s << "[-1,127]"_ba << "ff7f"_ba;
        QTest::newRow("INT16") << u"INT16"_s << "[-2,256]"_ba << "feff0001"_ba;
        QTest::newRow("INT32") << u"INT32"_s << "[-1,1]"_ba << "ffffffff01000000"_ba;
        QTest::newRow("INT64") << u"INT64"_s << "[-9223372036854775808,9007199254740993]"_ba
                               << "00000000000000800100000000002000"_ba;
        QTest::newRow("FP16") << u"FP16"_s << "[1,-0.5]"_ba << "003c00b8"_ba;
        QTest::newRow("FP32") << u"FP32"_s << "[1,-0.5]"_ba << "0000803f000000bf"_ba;
        QTest::newRow("FP64") << u"FP64"_s << "[1,-0.5]"_ba
                              << "000000000000f03f000000000000e0bf"_ba;
        QTest::newRow("BF16") << u"BF16"_s << "[1,-0.5]"_ba << "803f00bf"_ba;
        QTest::newRow("BYTES") << u"BYTES"_s << R"(["hé",""])"_ba << "0300000068c3a900000000"_ba;
    }

    void everyTypeIsPackedLittleEndian()
    {
        QFETCH(const QString, type);
        QFETCH(const QByteArray, values);
        QFETCH(const QByteArray, hex);
        const auto known = tensorTypeFromWord(type);
        QVERIFY(known);
        QCOMPARE(toWord(*known), type);
        const auto tensor = Tensor::fromJson(*known, json(values), u"x"_s);
        QVERIFY2(tensor, qPrintable(tensor ? QString() : tensor.error().message));
        QCOMPARE(tensor->data.toHex(), hex);
        QCOMPARE(tensor->shape, (QList<qint64>{2}));
        QVERIFY(!tensor->problem());
        QCOMPARE(tensor->toJson(), json(values));
    }

    /// 3 of the points most easily got wrong.
    void aConfigurationSaysTypeStringForBytes()
    {
        QCOMPARE(tensorTypeFromWord(u"TYPE_STRING"), TensorType::Bytes);
        QCOMPARE(tensorTypeFromWord(u"BYTES"), TensorType::Bytes);
        QCOMPARE(tensorTypeFromWord(u"TYPE_FP16"), TensorType::Fp16);
        QCOMPARE(tensorTypeFromWord(u"float32"), TensorType::Fp32);
        QVERIFY(!tensorTypeFromWord(u"TYPE_INVALID"));
    }

    /// 4: the length is that of the bytes, in four little-endian bytes.
    void elementsOfBytesHaveTheirLengthBeforeThem()
    {
        const Tensor tensor = Tensor::ofBytes({"a\0b"_ba, QByteArray(), "\xff"_ba});
        QCOMPARE(tensor.data, "\x03\0\0\0a\0b\0\0\0\0\x01\0\0\0\xff"_ba);
        QCOMPARE(tensor.bytes(), (QByteArrayList{"a\0b"_ba, QByteArray(), "\xff"_ba}));
        QCOMPARE(tensor.texts().last(), QString(QChar(0xfffd)));
        QVERIFY(Tensor::ofBytes({}).data.isEmpty());
    }

    /// 20: BF16 is the upper half of a float32, cut off.
    void halfFloats()
    {
        const QList<float> values{1.0F, 3.1415927F, -2.0F, 65504.0F};
        const Tensor half = Tensor::ofFloats(values, TensorType::Fp16);
        QCOMPARE(half.data.size(), 8);
        QCOMPARE(half.floats(), (QList<float>{1.0F, 3.140625F, -2.0F, 65504.0F}));
        const Tensor brain = Tensor::ofFloats({1.0F, 3.1415927F}, TensorType::Bf16);
        QCOMPARE(brain.data.toHex(), "803f4940"_ba);
        QCOMPARE(brain.floats(), (QList<float>{1.0F, 3.140625F}));
        const Tensor infinite
            = Tensor::ofFloats({std::numeric_limits<float>::infinity()}, TensorType::Fp16);
        QCOMPARE(infinite.data.toHex(), "007c"_ba);
        QVERIFY(infinite.toJson().toArray().first().isNull());
    }

    void nestedListsAreAShape()
    {
        const auto tensor = Tensor::fromJson(TensorType::Int32, json("[[1,2,3],[4,5,6]]"));
        QVERIFY(tensor);
        QCOMPARE(tensor->shape, (QList<qint64>{2, 3}));
        QCOMPARE(tensor->numbers(), (QList<double>{1, 2, 3, 4, 5, 6}));
        QCOMPARE(tensor->toJson(), json("[[1,2,3],[4,5,6]]"));
        const auto scalar = Tensor::fromJson(TensorType::Bytes, u"a"_s);
        QCOMPARE(scalar->shape, (QList<qint64>{1}));
        const auto empty = Tensor::fromJson(TensorType::Fp32, QJsonArray());
        QVERIFY(empty && !empty->problem());
        QCOMPARE(empty->shape, (QList<qint64>{0}));
    }

    void whatATypeCannotHold_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("too great") << u"UINT8"_s << "[256]"_ba;
        QTest::newRow("negative") << u"UINT32"_s << "[-1]"_ba;
        QTest::newRow("too small") << u"INT8"_s << "[-129]"_ba;
        QTest::newRow("a fraction") << u"INT32"_s << "[1.5]"_ba;
        QTest::newRow("beyond 64 bits") << u"UINT64"_s << R"(["18446744073709551616"])"_ba;
        QTest::newRow("text for a number") << u"FP32"_s << R"(["1"])"_ba;
        QTest::newRow("a number for text") << u"BYTES"_s << "[1]"_ba;
        QTest::newRow("a number for truth") << u"BOOL"_s << "[1]"_ba;
        QTest::newRow("unequal lists") << u"INT32"_s << "[[1,2],[3]]"_ba;
        QTest::newRow("unequal depth") << u"INT32"_s << "[[1],2]"_ba;
        QTest::newRow("deeper later") << u"INT32"_s << "[1,[2]]"_ba;
    }

    void whatATypeCannotHold()
    {
        QFETCH(const QString, type);
        QFETCH(const QByteArray, value);
        const auto tensor = Tensor::fromJson(*tensorTypeFromWord(type), json(value), u"in"_s);
        QVERIFY(!tensor);
        QCOMPARE(tensor.error().kind, ApiError::Kind::InvalidRequest);
        QVERIFY(tensor.error().message.contains(u"in"_s) && tensor.error().message.endsWith(u'.'));
    }

    void shapeAndDataMustAgree()
    {
        Tensor tensor = Tensor::ofFloats({1, 2, 3});
        tensor.shape = {2};
        QVERIFY(tensor.problem());
        tensor.shape = {-1};
        QVERIFY(tensor.problem());
        tensor.shape = {3, 1};
        QVERIFY(!tensor.problem());
        tensor.data.chop(1);
        QVERIFY(tensor.problem());
        QVERIFY(tensor.numbers().isEmpty());
        Tensor bytes = Tensor::ofTexts({u"abc"_s});
        bytes.data.chop(1);
        QVERIFY(bytes.problem());
        bytes.data = "\xff\xff\xff\xff"_ba;
        QVERIFY(bytes.problem());
        const qint64 large = std::numeric_limits<qint64>::max();
        QVERIFY(!(Tensor{.shape = {large, large}}.count()));
        QCOMPARE((Tensor{.shape = {}}.count()), 1);
    }

    void batches()
    {
        const Tensor one = batchOfOne(Tensor::ofTexts({u"a"_s, u"b"_s}));
        QCOMPARE(one.shape, (QList<qint64>{1, 2}));
        QCOMPARE(*firstOfBatch(one), Tensor::ofTexts({u"a"_s, u"b"_s}));
        Tensor two = Tensor::ofFloats({1, 2, 3, 4});
        two.shape = {2, 2};
        QCOMPARE(firstOfBatch(two)->floats(), (QList<float>{1, 2}));
        QVERIFY(!firstOfBatch(Tensor{.shape = {}, .data = QByteArray(4, '\0')}));
        QVERIFY(!firstOfBatch(Tensor{.shape = {0, 4}}));
    }
};

QTEST_GUILESS_MAIN(TestTensor)
#include "tst_tensor.moc"

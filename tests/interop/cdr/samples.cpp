#include "samples.h"

#include <cstdint>
#include <limits>

using face_attributes::msg::dds_::CategoricalAttribute_;
using face_attributes::msg::dds_::FaceAttributes_;
using face_attributes::msg::dds_::FaceAttributesArray_;
using face_attributes::msg::dds_::LabelProbability_;
using face_attributes::msg::dds_::NumericAttribute_;
using rclcs_test_msgs::msg::dds_::EveryKind_;
using rclcs_test_msgs::msg::dds_::Inner_;
using sensor_msgs::msg::dds_::Image_;

namespace {

Inner_ inner(std::uint8_t id, double value, const char* name, std::vector<std::int16_t> numbers)
{
    Inner_ message;
    message.id(id);
    message.value(value);
    message.name(name);
    message.numbers(std::move(numbers));
    return message;
}

LabelProbability_ probability(const char* label, float value)
{
    LabelProbability_ message;
    message.label(label);
    message.probability(value);
    return message;
}

CategoricalAttribute_ attribute(const char* label, float confidence, std::vector<LabelProbability_> distribution)
{
    CategoricalAttribute_ message;
    message.label(label);
    message.confidence(confidence);
    message.distribution(std::move(distribution));
    return message;
}

NumericAttribute_ number(float value, float standard_deviation, std::vector<LabelProbability_> distribution)
{
    NumericAttribute_ message;
    message.known(true);
    message.value(value);
    message.standard_deviation(standard_deviation);
    message.distribution(std::move(distribution));
    return message;
}

}  // namespace

EveryKind_ every_kind()
{
    EveryKind_ message;
    message.a_bool(true);
    message.a_byte(0xfe);
    message.a_char('c');
    message.an_int8(-8);
    message.a_uint8(200);
    message.an_int16(-1616);
    message.a_uint16(61616);
    message.an_int32(-323232);
    message.a_uint32(4032323232u);
    message.an_int64(std::numeric_limits<std::int64_t>::min());
    message.a_uint64(std::numeric_limits<std::uint64_t>::max());
    message.a_float32(-1.5f);
    message.a_float64(0.1);
    message.a_string("gr\xc3\xbc\xc3\x9f dich \xf0\x9f\x99\x82");
    message.a_bounded_string("twelve bytes");
    message.a_wstring(L"\u30cf\u30ed\u30fc");
    message.a_bounded_wstring(L"w\u00f6rld");
    message.a_message(inner(1, 1.25, "one", {-1, 2, -3}));
    message.an_empty_message().structure_needs_at_least_one_member(0);
    message.a_time().sec(-5);
    message.a_time().nanosec(999999999);

    message.bool_array({true, false, true});
    message.byte_array({1, 2, 255});
    message.int8_array({-128, 0, 127});
    message.uint16_array({0, 1, 65535});
    message.int64_array({-9000000000, 9000000000});
    message.float32_array({0.25f, -0.5f, 3.0e38f});
    message.string_array().first("");
    message.string_array().second("second");
    message.bounded_string_array().first("four");
    message.bounded_string_array().second("4");
    message.wstring_array({L"", L"\u00e4"});
    message.message_array({inner(2, -2.5, "", {}), inner(3, 3.5, "three", {33})});

    message.bounded_bools({true, true, false});
    message.bounded_bytes({9, 8, 7, 6});
    message.bounded_float64s({1.0e-300});
    message.bounded_strings({"a", "", "abcd"});
    message.bounded_wstrings({L"\u00fc\u00fc\u00fc\u00fc"});
    message.bounded_messages({inner(4, 4.5, "four", {4, 44})});

    message.bools({false, true});
    message.chars({'x', 'y', 'z'});
    message.bytes({0, 127, 128, 255, 3});
    message.int8s({-1});
    message.int16s({-2, 2, 3});
    message.uint16s({40000});
    message.int32s({-70000, 70000});
    message.uint32s({3000000000u});
    message.int64s({-5000000000});
    message.uint64s({});
    message.float32s({1.0f, 2.0f, 3.0f});
    message.float64s({-0.0, 2.5});
    message.strings({"eins", "", "drei"});
    message.wstrings({L"\u4e00"});
    message.messages({inner(5, 5.5, "five", {5}), inner(6, 6.5, "six", {}), inner(7, 7.5, "seven", {7, 7, 7})});
    message.empty_messages().resize(2);
    message.last(42);
    return message;
}

Image_ image()
{
    Image_ message;
    message.header().stamp().sec(1700000000);
    message.header().stamp().nanosec(123456789);
    message.header().frame_id("CameraTop_optical_frame");
    message.height(3);
    message.width(2);
    message.encoding("bgr8");
    message.is_bigendian(0);
    message.step(8);
    for (std::uint8_t i = 0; i < 24; i++)
        message.data().push_back(static_cast<std::uint8_t>(i * 7));

    return message;
}

FaceAttributesArray_ faces()
{
    FaceAttributes_ known;
    known.id("f1");
    known.roi().x_offset(10);
    known.roi().y_offset(20);
    known.roi().height(40);
    known.roi().width(30);
    known.roi().do_rectify(false);
    known.detection_score(0.75f);
    known.velocity_x(-12.5f);
    known.velocity_y(2.25f);
    known.tracked_seconds(3.5f);
    known.quality(0.625f);
    known.classified(true);
    known.emotion(attribute(
        "happy", 0.875f, {probability("angry", 0.0625f), probability("happy", 0.875f), probability("sad", 0.0625f)}));
    known.emotion().raw_distribution({probability("angry", 0.25f), probability("happy", 0.5f), probability("sad", 0.25f)});
    known.gender(attribute("unknown", 0.5f, {probability("female", 0.5f), probability("male", 0.5f)}));
    known.age(number(35.0f, 5.0f, {probability("30", 0.5f), probability("40", 0.5f)}));
    known.age().raw_distribution({probability("30", 1.0f), probability("40", 0.0f)});

    FaceAttributes_ without_models;
    without_models.id("f22");
    without_models.roi().x_offset(100);
    without_models.roi().width(64);
    without_models.roi().height(64);
    without_models.detection_score(1.0f);
    without_models.emotion(attribute("unknown", 0.0f, {}));
    without_models.gender(attribute("unknown", 0.0f, {}));

    FaceAttributes_ lost;
    lost.id("f9");
    lost.roi().x_offset(500);
    lost.roi().width(50);
    lost.roi().height(50);
    lost.unseen_seconds(0.5f);
    lost.emotion(attribute("unknown", 0.0f, {}));
    lost.gender(attribute("unknown", 0.0f, {}));

    FaceAttributesArray_ message;
    message.header().stamp().sec(1700000000);
    message.header().stamp().nanosec(123456789);
    message.header().frame_id("CameraTop_optical_frame");
    message.height(480);
    message.width(640);
    message.faces({known, without_models});
    message.lost({lost});
    return message;
}

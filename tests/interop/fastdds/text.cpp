#include "text.h"

#include <cstdint>
#include <iomanip>
#include <sstream>
#include <vector>

using face_attributes::msg::dds_::CategoricalAttribute_;
using face_attributes::msg::dds_::FaceAttributesArray_;
using face_attributes::msg::dds_::LabelProbability_;
using face_attributes::msg::dds_::NumericAttribute_;
using sensor_msgs::msg::dds_::Image_;

namespace {

// FNV-1a, 64 bits.
std::uint64_t checksum(const std::vector<std::uint8_t>& bytes)
{
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const auto byte : bytes)
        hash = (hash ^ byte) * 0x100000001b3;

    return hash;
}

void append(std::ostream& text, const std_msgs::msg::dds_::Header_& header)
{
    text << " stamp=" << header.stamp().sec() << "." << std::setw(9) << std::setfill('0') << header.stamp().nanosec()
         << " frame_id=" << header.frame_id();
}

void append(std::ostream& text, const char* name, const std::vector<LabelProbability_>& distribution)
{
    for (const auto& label : distribution)
        text << " " << name << "." << label.label() << "=" << label.probability();
}

void append(std::ostream& text, const char* name, const CategoricalAttribute_& attribute)
{
    text << " " << name << "=" << attribute.label() << " " << name << "_confidence=" << attribute.confidence();
    append(text, name, attribute.distribution());
}

void append(std::ostream& text, const char* name, const NumericAttribute_& attribute)
{
    text << " " << name << "=" << attribute.value() << " " << name << "_known=" << attribute.known() << " " << name
         << "_standard_deviation=" << attribute.standard_deviation();
    append(text, name, attribute.distribution());
}

}  // namespace

std::string to_text(const Image_& image)
{
    std::ostringstream text;
    text << "image";
    append(text, image.header());
    text << " width=" << image.width() << " height=" << image.height() << " encoding=" << image.encoding()
         << " step=" << image.step() << " bytes=" << image.data().size() << " checksum=" << std::hex << std::setw(16)
         << std::setfill('0') << checksum(image.data());
    return text.str();
}

std::string to_text(const FaceAttributesArray_& faces)
{
    std::ostringstream text;
    text << "faces";
    append(text, faces.header());
    text << " width=" << faces.width() << " height=" << faces.height() << " count=" << faces.faces().size()
         << " lost=" << faces.lost().size();
    for (const auto& face : faces.faces())
    {
        text << "\nface id=" << face.id() << " x=" << face.roi().x_offset() << " y=" << face.roi().y_offset()
             << " width=" << face.roi().width() << " height=" << face.roi().height()
             << " detection_score=" << face.detection_score() << " velocity=" << face.velocity_x() << ","
             << face.velocity_y() << " tracked=" << face.tracked_seconds() << " quality=" << face.quality()
             << " classified=" << face.classified();
        append(text, "emotion", face.emotion());
        append(text, "gender", face.gender());
        append(text, "age", face.age());
    }

    return text.str();
}

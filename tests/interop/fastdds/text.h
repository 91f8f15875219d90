#pragma once

#include "face_attributes.h"

#include <string>

// Messages as lines of key=value, for tests to read.

std::string to_text(const sensor_msgs::msg::dds_::Image_& image);
std::string to_text(const face_attributes::msg::dds_::FaceAttributesArray_& faces);

#pragma once

#include "face_attributes.h"

#include <string>

// Reads a binary PPM (P6, 8 bits) as rgb8 image. Throws std::runtime_error where the file is none.
sensor_msgs::msg::dds_::Image_ read_ppm(const std::string& path);

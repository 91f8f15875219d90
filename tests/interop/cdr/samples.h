#pragma once

#include "face_attributes.h"
#include "rclcs_test_msgs.h"

// The messages that the tests of CDR compare. tests/Rclcs.Tests/Serialization/Samples.cs has the same values.

rclcs_test_msgs::msg::dds_::EveryKind_ every_kind();
sensor_msgs::msg::dds_::Image_ image();
face_attributes::msg::dds_::FaceAttributesArray_ faces();

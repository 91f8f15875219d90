// What the interface packages export for the types that the tests use.
#include "checks.h"
#include "layouts.h"
#include "typed_message.h"

#define TYPE(kind, package, folder, type) \
  EXPORT const type_support * rosidl_typesupport_c__get_##kind##_type_support_handle__##package##__##folder##__##type(void); \
  EXPORT const type_support * rosidl_typesupport_c__get_##kind##_type_support_handle__##package##__##folder##__##type(void) \
  { \
    static const type_support support = {TYPE_MAGIC, #package "/" #folder "/" #type}; \
    return &support; \
  }

#define MESSAGE(package, type) TYPE(message, package, msg, type)

#define PART_OF(package, folder, type) \
  TYPE(message, package, folder, type) \
  EXPORT typed_message * package##__##folder##__##type##__create(void); \
  EXPORT void package##__##folder##__##type##__destroy(typed_message * message); \
  EXPORT typed_message * package##__##folder##__##type##__create(void) { return typed_create(#package "/" #folder "/" #type); } \
  EXPORT void package##__##folder##__##type##__destroy(typed_message * message) { typed_destroy(message); }

#define PART(package, type) PART_OF(package, srv, type)

#define SERVICE(package, type) TYPE(service, package, srv, type) PART(package, type##_Request) PART(package, type##_Response)

MESSAGE(std_msgs, String)
PART_OF(sensor_msgs, msg, CompressedImage)
MESSAGE(rcl_interfaces, Log)
MESSAGE(rcl_interfaces, ParameterEvent)
SERVICE(std_srvs, SetBool)
SERVICE(type_description_interfaces, GetTypeDescription)
SERVICE(rcl_interfaces, GetParameters)
SERVICE(rcl_interfaces, GetParameterTypes)
SERVICE(rcl_interfaces, SetParameters)
SERVICE(rcl_interfaces, SetParametersAtomically)
SERVICE(rcl_interfaces, DescribeParameters)
SERVICE(rcl_interfaces, ListParameters)

// What introspection says of a message with an array of bytes.

enum { ROS_TYPE_UINT8 = 8, ROS_TYPE_UINT32 = 12, ROS_TYPE_INT32 = 13, ROS_TYPE_STRING = 16, ROS_TYPE_MESSAGE = 18 };

#define INTROSPECTION(name, package, type, structure) \
  static const message_members members_of_##name = { \
    .message_namespace = package "__msg", .message_name = type, .member_count = sizeof name##_members / sizeof *name##_members, \
    .size_of = sizeof(structure), .members = name##_members, \
  }; \
  static const introspection_type_support name##_introspection = {"rosidl_typesupport_introspection_c", &members_of_##name};

static const message_member time_members[] = {
  {.name = "sec", .type_id = ROS_TYPE_INT32, .offset = offsetof(typed_time, sec)},
  {.name = "nanosec", .type_id = ROS_TYPE_UINT32, .offset = offsetof(typed_time, nanosec)},
};
INTROSPECTION(time, "builtin_interfaces", "Time", typed_time)

static const message_member header_members[] = {
  {.name = "stamp", .type_id = ROS_TYPE_MESSAGE, .members = &time_introspection, .offset = offsetof(typed_header, stamp)},
  {.name = "frame_id", .type_id = ROS_TYPE_STRING, .offset = offsetof(typed_header, frame_id)},
};
INTROSPECTION(header, "std_msgs", "Header", typed_header)

static const message_member picture_members[] = {
  {.name = "header", .type_id = ROS_TYPE_MESSAGE, .members = &header_introspection, .offset = offsetof(typed_message, header)},
  {.name = "format", .type_id = ROS_TYPE_STRING, .offset = offsetof(typed_message, format)},
  {.name = "data", .type_id = ROS_TYPE_UINT8, .is_array = true, .offset = offsetof(typed_message, bytes)},
};
INTROSPECTION(picture, "sensor_msgs", "CompressedImage", typed_message)

EXPORT const introspection_type_support *
rosidl_typesupport_introspection_c__get_message_type_support_handle__sensor_msgs__msg__CompressedImage(void);
EXPORT const introspection_type_support *
rosidl_typesupport_introspection_c__get_message_type_support_handle__sensor_msgs__msg__CompressedImage(void)
{
  return &picture_introspection;
}

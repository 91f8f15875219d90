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

#define PART(package, type) \
  TYPE(message, package, srv, type) \
  EXPORT typed_message * package##__srv__##type##__create(void); \
  EXPORT void package##__srv__##type##__destroy(typed_message * message); \
  EXPORT typed_message * package##__srv__##type##__create(void) { return typed_create(#package "/srv/" #type); } \
  EXPORT void package##__srv__##type##__destroy(typed_message * message) { typed_destroy(message); }

#define SERVICE(package, type) TYPE(service, package, srv, type) PART(package, type##_Request) PART(package, type##_Response)

MESSAGE(std_msgs, String)
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

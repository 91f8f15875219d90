// The structures of rcl, rmw and rcutils that cross from a client library to librcl, as their public headers declare them
// on x86-64: those of ROS 2 Humble (rcl 5.3, rmw 6.1) with -DHUMBLE, else of Jazzy (rcl 9.2, rmw 7.3).
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef HUMBLE
enum { GID_SIZE = 24 };
#define DISTRIBUTION "humble"
#else
enum { GID_SIZE = 16 };
#define DISTRIBUTION "jazzy"
#endif

#define EXPORT __attribute__((visibility("default")))

typedef int ret;

enum {
  OK = 0, ERROR = 1, TIMEOUT = 2, INVALID_ARGUMENT = 11, NOT_INIT = 101,
  SUBSCRIPTION_TAKE_FAILED = 401, CLIENT_TAKE_FAILED = 501, SERVICE_TAKE_FAILED = 601,
  WAIT_SET_EMPTY = 901, WAIT_SET_FULL = 902
};

// rcutils_allocator_t, by value
typedef struct {
  void * (*allocate)(size_t size, void * state);
  void (* deallocate)(void * block, void * state);
  void * (*reallocate)(void * block, size_t size, void * state);
  void * (*zero_allocate)(size_t count, size_t size, void * state);
  void * state;
} allocator;
_Static_assert(sizeof(allocator) == 40, "rcutils_allocator_t");

// rcutils_error_string_t, by value
typedef struct {
  char text[1024];
} error_string;

// rmw_qos_profile_t
typedef struct {
  uint64_t seconds, nanoseconds;
} rmw_time;

typedef struct {
  int history;
  size_t depth;
  int reliability, durability;
  rmw_time deadline, lifespan;
  int liveliness;
  rmw_time lease_duration;
  bool avoid_ros_namespace_conventions;
} qos_profile;
_Static_assert(sizeof(qos_profile) == 88, "rmw_qos_profile_t");

enum { RELIABLE = 1, BEST_EFFORT = 2, TRANSIENT_LOCAL = 1, VOLATILE = 2 };

// rcl_init_options_t, rcl_publisher_t and most others: a pointer to what is within
typedef struct {
  void * impl;
} handle;

// rcl_context_t
typedef struct {
  handle global_arguments;
  void * impl;
  uint64_t instance_id;
} context;
_Static_assert(sizeof(context) == 24, "rcl_context_t");

// rcl_node_t, rcl_guard_condition_t
typedef struct {
  void * context;
  void * impl;
} child_of_context;

// rcl_node_options_t
typedef struct {
  allocator allocator;
  bool use_global_arguments;
  handle arguments;
  bool enable_rosout;
  qos_profile rosout_qos;
} node_options;
_Static_assert(sizeof(node_options) == 152, "rcl_node_options_t");

// rmw_publisher_options_t, rmw_subscription_options_t
typedef struct {
  void * payload;
  int flow_endpoints;
} rmw_publisher_options;

typedef struct {
  void * payload;
  bool ignore_local_publications;
  int flow_endpoints;
  void * content_filter;
} rmw_subscription_options;

typedef struct {
  qos_profile qos;
  allocator allocator;
  rmw_publisher_options rmw;
#ifndef HUMBLE
  bool disable_loaned_message;
#endif
} publisher_options;

typedef struct {
  qos_profile qos;
  allocator allocator;
  rmw_subscription_options rmw;
#ifndef HUMBLE
  bool disable_loaned_message;
#endif
} subscription_options;

// rcl_service_options_t, rcl_client_options_t
typedef struct {
  qos_profile qos;
  allocator allocator;
} service_options;

// rmw_message_info_t
typedef struct {
  int64_t source_timestamp, received_timestamp;
  uint64_t publication_sequence_number, reception_sequence_number;
  struct {
    const char * implementation_identifier;
    uint8_t data[GID_SIZE];
  } publisher_gid;
  bool from_intra_process;
} message_info;

// rmw_request_id_t
typedef struct {
  uint8_t writer_guid[16];
  int64_t sequence_number;
} request_id;

// rmw_serialized_message_t
typedef struct {
  uint8_t * buffer;
  size_t length, capacity;
  allocator allocator;
} serialized_message;
_Static_assert(sizeof(serialized_message) == 64, "rmw_serialized_message_t");

// rmw_topic_endpoint_info_t and its array
typedef struct {
  const char * node_name, * node_namespace, * topic_type;
#ifndef HUMBLE
  struct {
    uint8_t version;
    uint8_t value[32];
  } topic_type_hash;
#endif
  int endpoint_type;
  uint8_t endpoint_gid[GID_SIZE];
  qos_profile qos;
} endpoint_info;

typedef struct {
  size_t size;
  endpoint_info * infos;
} endpoint_info_array;

// rcutils_string_array_t, rcl_names_and_types_t
typedef struct {
  size_t size;
  char ** data;
  allocator allocator;
} string_array;

typedef struct {
  string_array names;
  string_array * types;
} names_and_types;

#ifdef HUMBLE
_Static_assert(sizeof(publisher_options) == 144 && sizeof(subscription_options) == 152, "options");
_Static_assert(sizeof(message_info) == 72 && sizeof(endpoint_info) == 144, "infos");
#else
_Static_assert(sizeof(publisher_options) == 152 && sizeof(subscription_options) == 160, "options");
_Static_assert(sizeof(message_info) == 64 && sizeof(endpoint_info) == 168, "infos");
#endif

// rcl_wait_set_t
enum { SUBSCRIPTIONS, GUARD_CONDITIONS, TIMERS, CLIENTS, SERVICES, EVENTS, WAIT_KINDS };

typedef struct {
  struct {
    const void ** items;
    size_t size;
  } of[WAIT_KINDS];
  void * impl;
} wait_set;
_Static_assert(sizeof(wait_set) == 104, "rcl_wait_set_t");

// What an interface package gives: opaque to the client library.
typedef struct {
  uint64_t magic;
  const char * name;
} type_support;

enum { TYPE_MAGIC = 0x7E57 };

// rosidl_typesupport_introspection_c__MessageMember
typedef struct {
  const char * name;
  uint8_t type_id;
  size_t string_upper_bound;
  const void * members;
#ifndef HUMBLE
  bool is_key;
#endif
  bool is_array;
  size_t array_size;
  bool is_upper_bound;
  uint32_t offset;
  const void * default_value;
  const void * functions[6];
} message_member;
_Static_assert(sizeof(message_member) == 112, "rosidl_typesupport_introspection_c__MessageMember");

// rosidl_typesupport_introspection_c__MessageMembers
typedef struct {
  const char * message_namespace, * message_name;
  uint32_t member_count;
  size_t size_of;
#ifndef HUMBLE
  bool has_any_key_member;
#endif
  const message_member * members;
  const void * functions[2];
} message_members;

// rosidl_message_type_support_t, as far as all distributions have it
typedef struct {
  const char * typesupport_identifier;
  const void * data;
} introspection_type_support;

// Has the symbols of librcl, and of rmw and rcutils below it, that a client library calls; delivers messages, requests and
// responses within the process; and looks closely at its caller. A fault is said on standard error; when the last context
// has ended, so is the number of calls and faults.
#define _GNU_SOURCE
#include "checks.h"
#include "layouts.h"
#include "typed_message.h"

#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// ---- errors and allocators of rcutils -------------------------------------------------------------------------------------

static _Thread_local char error[1024];
static size_t published_structures;

static ret fail(ret result, const char * text)
{
  if (error[0] != '\0') {
    fault("the error '%s' was not reset before the next one", error);
  }
  snprintf(error, sizeof error, "%s, at rcl.c:1", text);
  return result;
}

EXPORT error_string rcutils_get_error_string(void)
{
  error_string result;
  memset(&result, 0, sizeof result);
  strcpy(result.text, error[0] != '\0' ? error : "error not set");
  return result;
}

EXPORT void rcutils_reset_error(void)
{
  error[0] = '\0';
}

static char allocator_state;

static void check_state(const void * state)
{
  if (state != &allocator_state) {
    fault("an allocator is called without its state");
  }
}

static void * allocate(size_t size, void * state)
{
  check_state(state);
  return guarded_alloc(size);
}

static void deallocate(void * block, void * state)
{
  check_state(state);
  guarded_free(block);
}

static void * reallocate(void * block, size_t size, void * state)
{
  check_state(state);
  return guarded_realloc(block, size);
}

static void * zero_allocate(size_t count, size_t size, void * state)
{
  check_state(state);
  return guarded_alloc(count * size);
}

static const allocator default_allocator = {allocate, deallocate, reallocate, zero_allocate, &allocator_state};

EXPORT allocator rcutils_get_default_allocator(void)
{
  return default_allocator;
}

static void check_allocator(const allocator * given)
{
  if (memcmp(given, &default_allocator, sizeof *given) != 0) {
    fault("an allocator does not arrive as it was given");
  }
}

EXPORT ret rcutils_string_array_fini(string_array * array)
{
  ENTER;
  for (size_t i = 0; i < array->size; i++) {
    array->allocator.deallocate(array->data[i], array->allocator.state);
  }
  array->allocator.deallocate(array->data, array->allocator.state);
  memset(array, 0, sizeof *array);
  return OK;
}

static void add_text(string_array * array, const char * text)
{
  array->allocator = default_allocator;
  array->data = guarded_realloc(array->data, (array->size + 1) * sizeof(char *));
  array->data[array->size++] = guarded_text(text);
}

// ---- serialized and typed messages ----------------------------------------------------------------------------------------

static void check_serialized(const serialized_message * message)
{
  if (message->length > message->capacity || malloc_usable_size(message->buffer) < message->capacity) {
    fault("a serialized message says %zu of %zu bytes, but has room for %zu",
      message->length, message->capacity, malloc_usable_size(message->buffer));
  }
}

// As rmw does: the buffer is made as large as the message.
static bool fill(serialized_message * message, const uint8_t * data, size_t length)
{
  if (message->capacity != length) {
    uint8_t * buffer = message->allocator.reallocate(message->buffer, length, message->allocator.state);
    if (buffer == NULL) {
      return false;
    }
    message->buffer = buffer;
    message->capacity = length;
  }
  message->length = length;
  check_serialized(message);
  memcpy(message->buffer, data, length);
  return true;
}

static uint8_t * copy(const uint8_t * data, size_t length)
{
  return memcpy(guarded_alloc(length), data, length);
}

typed_message * typed_create(const char * type)
{
  typed_message * message = guarded_alloc(sizeof *message);
  message->magic = TYPED_MAGIC;
  message->type = type;
  return message;
}

void typed_destroy(typed_message * message)
{
  if (message->bytes.data != NULL) {
    fault("a message is destroyed with the bytes that it was lent");
  }
  guarded_free(message->data);
  guarded_free(message->header.frame_id.data);
  guarded_free(message->format.data);
  guarded_free(message);
}

static void check_typed(const typed_message * message, const type_support * type, const char * suffix)
{
  const size_t length = strlen(type->name);
  if (message->magic != TYPED_MAGIC || type->magic != TYPE_MAGIC) {
    fault("a message, or its type, is none");
  } else if (strncmp(message->type, type->name, length) != 0 || strcmp(message->type + length, suffix) != 0) {
    fault("a %s is used as a %s%s", message->type, type->name, suffix);
  }
}

EXPORT bool rosidl_runtime_c__String__assignn(typed_string * text, const char * value, size_t length)
{
  if (text == NULL || value == NULL) {
    return false;
  }
  guarded_free(text->data);
  text->data = guarded_alloc(length + 1);
  memcpy(text->data, value, length);
  text->data[length] = '\0';
  text->size = length;
  text->capacity = length + 1;
  return true;
}

// Writes a number at the next multiple of four behind the header of four.
static uint8_t * put(uint8_t * to, const uint8_t * start, uint32_t number)
{
  for (; (to - start) % 4 != 0; to++) {
    *to = 0;
  }
  memcpy(to, &number, sizeof number);
  return to + sizeof number;
}

static uint8_t * put_text(uint8_t * to, const uint8_t * start, const typed_string * text)
{
  to = put(to, start, (uint32_t)text->size + 1);
  memcpy(to, text->data, text->size + 1);
  return to + text->size + 1;
}

// As CDR: what it was made from, or, if it is a picture, its fields.
static uint8_t * serialize(const typed_message * message, size_t * length)
{
  if (message->data != NULL) {
    *length = message->length;
    return copy(message->data, message->length);
  }
  if (message->bytes.data == NULL || message->bytes.capacity < message->bytes.size) {
    fault("a picture is not lent its bytes, or has no room for them");
  }
  uint8_t * data = guarded_alloc(64 + message->header.frame_id.size + message->format.size + message->bytes.size);
  memcpy(data, (const uint8_t[]){0, 1, 0, 0}, 4);
  uint8_t * end = put(data + 4, data, (uint32_t)message->header.stamp.sec);
  end = put(end, data, message->header.stamp.nanosec);
  end = put_text(end, data, &message->header.frame_id);
  end = put_text(end, data, &message->format);
  end = put(end, data, (uint32_t)message->bytes.size);
  memcpy(end, message->bytes.data, message->bytes.size);
  *length = (size_t)(end - data) + message->bytes.size;
  return data;
}

EXPORT ret rmw_serialize(const typed_message * message, const type_support * type, serialized_message * serialized)
{
  ENTER;
  check_typed(message, type, "");
  size_t length;
  uint8_t * data = serialize(message, &length);
  const bool is_filled = fill(serialized, data, length);
  guarded_free(data);
  return is_filled ? OK : fail(10, "no memory");
}

EXPORT ret rmw_deserialize(const serialized_message * serialized, const type_support * type, typed_message * message)
{
  ENTER;
  check_typed(message, type, "");
  check_serialized(serialized);
  if (serialized->length < 4 || serialized->buffer[0] != 0) {
    return fail(ERROR, "not CDR");
  }
  message->data = copy(serialized->buffer, serialized->length);
  message->length = serialized->length;
  return OK;
}

EXPORT const char * rmw_get_implementation_identifier(void)
{
  return "rmw_within_process";
}

// ---- context and nodes ----------------------------------------------------------------------------------------------------

static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void set_handle(object * object)
{
  ((handle *)object->structure)->impl = object;
  seal(object);
}

static ret not_initialized(void)
{
  return fail(NOT_INIT, "not initialized");
}

EXPORT ret rcl_init_options_init(handle * options, allocator given)
{
  ENTER;
  check_allocator(&given);
  set_handle(begin(INIT_OPTIONS, options, sizeof *options, NULL));
  return OK;
}

EXPORT ret rcl_init_options_set_domain_id(handle * options, size_t domain_id)
{
  ENTER;
  object * found = find(INIT_OPTIONS, options);
  if (found == NULL) {
    return not_initialized();
  }
  found->number = domain_id;
  return OK;
}

EXPORT ret rcl_init_options_fini(handle * options)
{
  ENTER;
  return end(INIT_OPTIONS, options, NULL) ? OK : not_initialized();
}

EXPORT ret rcl_init(int argc, const char * const * argv, const handle * options, context * created)
{
  ENTER;
  const object * found = find(INIT_OPTIONS, options);
  const char * domain_id = getenv("ROS_DOMAIN_ID");
  if (found == NULL) {
    return not_initialized();
  }
  if (found->number != (domain_id == NULL ? 0 : strtoul(domain_id, NULL, 10))) {
    fault("the domain is %zu, and not that of ROS_DOMAIN_ID", (size_t)found->number);
  }
  if (argc != 0 && (argc != 3 || strcmp(argv[0], "--ros-args") != 0 || strcmp(argv[1], "--enclave") != 0)) {
    return fail(1003, "unexpected arguments");
  }
  object * object = begin(CONTEXT, created, sizeof *created, NULL);
  *created = (context){{object}, object, object->number};
  seal(object);
  return OK;
}

EXPORT ret rcl_shutdown(context * ended)
{
  ENTER;
  object * found = find(CONTEXT, ended);
  if (found == NULL) {
    return not_initialized();
  }
  ended->instance_id = 0;
  seal(found);
  return OK;
}

EXPORT ret rcl_context_fini(context * ended)
{
  ENTER;
  const object * found = find(CONTEXT, ended);
  if (found != NULL && ended->instance_id != 0) {
    fault("a context is finalized before its shutdown");
  }
  if (!end(CONTEXT, ended, NULL)) {
    return not_initialized();
  }
  bool is_last = true;
  for (const object * other = objects; other != NULL; other = other->next) {
    is_last = is_last && other->kind != CONTEXT;
  }
  if (is_last) {
    fprintf(stderr, "%zu messages published as structures\n", published_structures);
    finish(DISTRIBUTION);
  }
  return OK;
}

// Padding is no zero by chance: it is filled too.
#define DEFAULT_OPTIONS(type, name) \
  static type name; \
  memset(&name, 0x5A, sizeof name); \
  name.allocator = default_allocator

static const qos_profile default_qos = {.history = 1, .depth = 10, .reliability = RELIABLE, .durability = VOLATILE};

EXPORT node_options rcl_node_get_default_options(void)
{
  ENTER;
  DEFAULT_OPTIONS(node_options, options);
  return options;
}

EXPORT ret rcl_node_options_fini(const node_options * options)
{
  ENTER;
  check_allocator(&options->allocator);
  return OK;
}

static object * begin_guard_condition(child_of_context * condition, context * context, object * parent)
{
  object * object = begin(GUARD_CONDITION, condition, sizeof *condition, parent);
  *condition = (child_of_context){context, object};
  seal(object);
  return object;
}

EXPORT ret rcl_node_init(
  child_of_context * created, const char * name, const char * name_space, context * context, const node_options * options)
{
  ENTER;
  object * parent = find(CONTEXT, context);
  if (parent == NULL) {
    return not_initialized();
  }
  check_allocator(&options->allocator);
  const size_t behind = offsetof(node_options, use_global_arguments);
  if (!all((const uint8_t *)options + behind, 0x5A, sizeof *options - behind)) {
    fault("the options of a node are not those that were given");
  }
  if (name_space[0] != '/') {
    return fail(INVALID_ARGUMENT, "the namespace is not absolute");
  }
  object * object = begin(NODE, created, sizeof *created, parent);
  object->name = guarded_text(name);
  object->name_space = guarded_text(name_space);
  *created = (child_of_context){context, object};
  seal(object);

  // Its guard condition for changes of the graph lives as long as it does.
  object->graph_condition = calloc(1, sizeof(child_of_context) + GUARD);
  begin_guard_condition(object->graph_condition, context, object);
  return OK;
}

EXPORT child_of_context * rcl_node_get_graph_guard_condition(const child_of_context * node)
{
  ENTER;
  const object * found = find(NODE, node);
  return found == NULL ? NULL : found->graph_condition;
}

static void trigger_graph(void)
{
  for (object * node = objects; node != NULL; node = node->next) {
    if (node->kind == NODE) {
      object * condition = find(GUARD_CONDITION, node->graph_condition);
      if (condition != NULL) {
        condition->triggered = true;
      }
    }
  }
  pthread_cond_broadcast(&changed);
}

EXPORT ret rcl_node_fini(child_of_context * node)
{
  ENTER;
  const object * found = find(NODE, node);
  if (found == NULL) {
    return not_initialized();
  }
  void * condition = found->graph_condition;
  end(GUARD_CONDITION, condition, node);
  free(condition);
  end(NODE, node, NULL);
  trigger_graph();
  return OK;
}

// ---- publishers and subscriptions -----------------------------------------------------------------------------------------

static const qos_profile * qos_of(const object * object)
{
  return (const qos_profile *)object->qos;
}

static bool are_partners(const object * one, const object * other)
{
  const kind wanted = one->kind == PUBLISHER ? SUBSCRIPTION : PUBLISHER;
  return other->kind == wanted && strcmp(other->name, one->name) == 0;
}

static int incompatible_policy(const object * one, const object * other)
{
  const qos_profile * offered = qos_of(one->kind == PUBLISHER ? one : other);
  const qos_profile * requested = qos_of(one->kind == PUBLISHER ? other : one);
  if (offered->reliability == BEST_EFFORT && requested->reliability == RELIABLE) {
    return 1 << 4;
  }
  return offered->durability == VOLATILE && requested->durability == TRANSIENT_LOCAL ? 1 << 1 : 0;
}

static size_t count_matched(const object * endpoint)
{
  size_t count = 0;
  for (const object * other = objects; other != NULL; other = other->next) {
    count += are_partners(endpoint, other) && incompatible_policy(endpoint, other) == 0;
  }
  return count;
}

// The numbers of events, the last of them Jazzy's only.
static int matched_event(const object * endpoint)
{
  return endpoint->kind == PUBLISHER ? 4 : 5;
}

enum { INCOMPATIBLE_QOS_EVENT = 2 };

static void notify(object * endpoint, int type, int value)
{
  for (object * event = objects; event != NULL; event = event->next) {
    if (event->kind == EVENT && event->parent == endpoint && event->event_type == type) {
      event->event_count++;
      event->event_change++;
      event->sequence = value;
    }
  }
}

static void tell_partners(object * endpoint)
{
  for (object * other = objects; other != NULL; other = other->next) {
    if (are_partners(endpoint, other)) {
      const int policy = incompatible_policy(endpoint, other);
      notify(other, policy == 0 ? matched_event(other) : INCOMPATIBLE_QOS_EVENT, policy);
    }
  }
}

static ret begin_endpoint(
  kind kind, handle * created, const child_of_context * node, const type_support * type, const char * name,
  const qos_profile * qos, const allocator * given)
{
  object * parent = find(NODE, node);
  if (parent == NULL) {
    return not_initialized();
  }
  check_allocator(given);
  if (type == NULL || type->magic != TYPE_MAGIC) {
    fault("the type of %s is none", name);
  }
  if (name[0] != '/') {
    return fail(INVALID_ARGUMENT, "the name is not absolute");
  }
  object * object = begin(kind, created, sizeof *created, parent);
  object->name = guarded_text(name);
  object->type = type;
  memcpy(object->qos, qos, sizeof *qos);
  set_handle(object);
  if (kind == PUBLISHER || kind == SUBSCRIPTION) {
    tell_partners(object);
  }
  trigger_graph();
  return OK;
}

static ret end_endpoint(kind kind, handle * ended, const child_of_context * node)
{
  object * found = find(kind, ended);
  if (found == NULL) {
    return not_initialized();
  }
  tell_partners(found);
  end(kind, ended, node);
  trigger_graph();
  return OK;
}

#define CHECK_REST(options, type) \
  if (!all((const uint8_t *)(options) + offsetof(type, rmw), 0x5A, sizeof(type) - offsetof(type, rmw))) \
    fault("the options of %s behind its allocator are not those that were given", name)

EXPORT publisher_options rcl_publisher_get_default_options(void)
{
  ENTER;
  DEFAULT_OPTIONS(publisher_options, options);
  options.qos = default_qos;
  return options;
}

EXPORT ret rcl_publisher_init(
  handle * publisher, const child_of_context * node, const type_support * type, const char * name,
  const publisher_options * options)
{
  ENTER;
  CHECK_REST(options, publisher_options);
  return begin_endpoint(PUBLISHER, publisher, node, type, name, &options->qos, &options->allocator);
}

EXPORT ret rcl_publisher_fini(handle * publisher, const child_of_context * node)
{
  ENTER;
  return end_endpoint(PUBLISHER, publisher, node);
}

static void post(object * to, const uint8_t * data, size_t length, const uint8_t * id)
{
  message * posted = guarded_alloc(sizeof *posted);
  posted->data = copy(data, length);
  posted->length = length;
  memcpy(posted->id, id, sizeof posted->id);
  message ** last = &to->messages;
  size_t count = 0;
  while (*last != NULL) {
    last = &(*last)->next;
    count++;
  }
  *last = posted;
  const qos_profile * qos = qos_of(to);
  if (qos->history == 1 && count >= qos->depth) {
    message * oldest = to->messages;
    to->messages = oldest->next;
    guarded_free(oldest->data);
    guarded_free(oldest);
  }
}

static void identify(const object * object, uint8_t gid[GID_SIZE])
{
  memset(gid, 0, GID_SIZE);
  memcpy(gid, &object->number, sizeof object->number);
}

static void publish(const object * from, const uint8_t * data, size_t length)
{
  uint8_t id[24] = {0};
  identify(from, id);
  for (object * to = objects; to != NULL; to = to->next) {
    if (are_partners(from, to) && incompatible_policy(from, to) == 0) {
      post(to, data, length, id);
    }
  }
  pthread_cond_broadcast(&changed);
}

static void check_no_allocation(const void * allocation)
{
  if (allocation != NULL) {
    fault("an allocation is given that is none");
  }
}

EXPORT ret rcl_publish(const handle * publisher, const typed_message * sent, const void * allocation)
{
  ENTER;
  const object * from = find(PUBLISHER, publisher);
  if (from == NULL) {
    return not_initialized();
  }
  check_no_allocation(allocation);
  check_typed(sent, from->type, "");
  size_t length;
  uint8_t * data = serialize(sent, &length);
  publish(from, data, length);
  guarded_free(data);
  published_structures++;
  return OK;
}

EXPORT ret rcl_publish_serialized_message(const handle * publisher, const serialized_message * sent, const void * allocation)
{
  ENTER;
  const object * from = find(PUBLISHER, publisher);
  if (from == NULL) {
    return not_initialized();
  }
  check_no_allocation(allocation);
  check_serialized(sent);
  publish(from, sent->buffer, sent->length);
  return OK;
}

EXPORT ret rcl_publisher_get_subscription_count(const handle * publisher, size_t * count)
{
  ENTER;
  object * found = find(PUBLISHER, publisher);
  *count = found == NULL ? 0 : count_matched(found);
  return found == NULL ? not_initialized() : OK;
}

EXPORT subscription_options rcl_subscription_get_default_options(void)
{
  ENTER;
  DEFAULT_OPTIONS(subscription_options, options);
  options.qos = default_qos;
  return options;
}

EXPORT ret rcl_subscription_init(
  handle * subscription, const child_of_context * node, const type_support * type, const char * name,
  const subscription_options * options)
{
  ENTER;
  CHECK_REST(options, subscription_options);
  return begin_endpoint(SUBSCRIPTION, subscription, node, type, name, &options->qos, &options->allocator);
}

EXPORT ret rcl_subscription_fini(handle * subscription, const child_of_context * node)
{
  ENTER;
  return end_endpoint(SUBSCRIPTION, subscription, node);
}

// Takes the oldest message out of a queue; it is the caller's then.
static message * next_message(object * object)
{
  message * taken = object->messages;
  if (taken != NULL) {
    object->messages = taken->next;
  }
  return taken;
}

static void drop(message * message)
{
  guarded_free(message->data);
  guarded_free(message);
}

// What is filled in is on the caller's stack, where guards cannot be: it must be zeroed, with some room behind.
static void check_out(const void * out, size_t size, const char * name)
{
  if (!all(out, 0, size + GUARD)) {
    fault("there is no zeroed room for %s of %zu bytes", name, size);
  }
}

EXPORT ret rcl_take_serialized_message(
  const handle * subscription, serialized_message * message_out, message_info * info, const void * allocation)
{
  ENTER;
  object * found = find(SUBSCRIPTION, subscription);
  if (found == NULL) {
    return not_initialized();
  }
  if (allocation != NULL) {
    fault("an allocation is given that is none");
  }
  check_out(info, sizeof *info, "a message info");
  message * taken = next_message(found);
  if (taken == NULL) {
    return SUBSCRIPTION_TAKE_FAILED;
  }
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  memset(info, 0xEE, sizeof *info);
  info->source_timestamp = info->received_timestamp = now.tv_sec * 1000000000LL + now.tv_nsec;
  memcpy(info->publisher_gid.data, taken->id, GID_SIZE);
  const bool filled = fill(message_out, taken->data, taken->length);
  drop(taken);
  return filled ? OK : fail(10, "no memory");
}

EXPORT ret rcl_subscription_get_publisher_count(const handle * subscription, size_t * count)
{
  ENTER;
  object * found = find(SUBSCRIPTION, subscription);
  *count = found == NULL ? 0 : count_matched(found);
  return found == NULL ? not_initialized() : OK;
}

// ---- events ---------------------------------------------------------------------------------------------------------------

static ret begin_event(handle * event, kind kind, const handle * endpoint, int type, int last_type)
{
  object * parent = find(kind, endpoint);
  if (parent == NULL) {
    return not_initialized();
  }
  if (type < 0 || type > last_type) {
    return fail(INVALID_ARGUMENT, "no such event");
  }
  object * object = begin(EVENT, event, sizeof *event, parent);
  object->event_type = type;
  set_handle(object);
  for (struct object * other = objects; type == INCOMPATIBLE_QOS_EVENT && other != NULL; other = other->next) {
    if (are_partners(parent, other) && incompatible_policy(parent, other) != 0) {
      notify(parent, type, incompatible_policy(parent, other));
    }
  }
  return OK;
}

#ifdef HUMBLE
enum { LAST_PUBLISHER_EVENT = 2, LAST_SUBSCRIPTION_EVENT = 3 };
#else
enum { LAST_PUBLISHER_EVENT = 4, LAST_SUBSCRIPTION_EVENT = 5 };
#endif

EXPORT ret rcl_publisher_event_init(handle * event, const handle * publisher, int type)
{
  ENTER;
  return begin_event(event, PUBLISHER, publisher, type, LAST_PUBLISHER_EVENT);
}

EXPORT ret rcl_subscription_event_init(handle * event, const handle * subscription, int type)
{
  ENTER;
  return begin_event(event, SUBSCRIPTION, subscription, type, LAST_SUBSCRIPTION_EVENT);
}

EXPORT ret rcl_take_event(const handle * event, void * status)
{
  ENTER;
  object * found = find(EVENT, event);
  if (found == NULL) {
    return not_initialized();
  }

  // rmw_qos_incompatible_event_status_t, or rmw_matched_status_t
  struct { int32_t total, change, last_policy; } incompatible = {
    found->event_count, found->event_change, (int32_t)found->sequence};
  struct { size_t total, change, current; int32_t current_change; } matched = {
    (size_t)found->event_count, (size_t)found->event_change, count_matched(found->parent), found->event_change};
  const bool is_matched = found->event_type != INCOMPATIBLE_QOS_EVENT;
  const size_t size = is_matched ? sizeof matched : sizeof incompatible;
  check_out(status, size, "the status of an event");
  memcpy(status, is_matched ? (void *)&matched : (void *)&incompatible, size);
  found->event_change = 0;
  return OK;
}

EXPORT ret rcl_event_fini(handle * event)
{
  ENTER;
  return end(EVENT, event, NULL) ? OK : not_initialized();
}

// ---- services and clients -------------------------------------------------------------------------------------------------

EXPORT service_options rcl_service_get_default_options(void)
{
  ENTER;
  DEFAULT_OPTIONS(service_options, options);
  options.qos = default_qos;
  return options;
}

EXPORT service_options rcl_client_get_default_options(void)
{
  return rcl_service_get_default_options();
}

EXPORT ret rcl_service_init(
  handle * service, const child_of_context * node, const type_support * type, const char * name,
  const service_options * options)
{
  ENTER;
  return begin_endpoint(SERVICE, service, node, type, name, &options->qos, &options->allocator);
}

EXPORT ret rcl_service_fini(handle * service, const child_of_context * node)
{
  ENTER;
  if (!end(SERVICE, service, node)) {
    return not_initialized();
  }
  trigger_graph();
  return OK;
}

EXPORT ret rcl_client_init(
  handle * client, const child_of_context * node, const type_support * type, const char * name, const service_options * options)
{
  ENTER;
  return begin_endpoint(CLIENT, client, node, type, name, &options->qos, &options->allocator);
}

EXPORT ret rcl_client_fini(handle * client, const child_of_context * node)
{
  ENTER;
  return end(CLIENT, client, node) ? OK : not_initialized();
}

static object * server_of(const object * client)
{
  object * server = objects;
  while (server != NULL && (server->kind != SERVICE || strcmp(server->name, client->name) != 0)) {
    server = server->next;
  }
  return server;
}

EXPORT ret rcl_service_server_is_available(const child_of_context * node, const handle * client, bool * is_available)
{
  ENTER;
  const object * found = find(CLIENT, client);
  if (find(NODE, node) == NULL || found == NULL) {
    return not_initialized();
  }
  *is_available = server_of(found) != NULL;
  return OK;
}

EXPORT ret rcl_send_request(const handle * client, const typed_message * request, int64_t * sequence_number)
{
  ENTER;
  object * found = find(CLIENT, client);
  if (found == NULL) {
    return not_initialized();
  }
  check_typed(request, found->type, "_Request");
  request_id id = {.sequence_number = ++found->sequence};
  memcpy(id.writer_guid, &found->number, sizeof found->number);
  *sequence_number = id.sequence_number;
  object * server = server_of(found);
  if (server != NULL) {
    post(server, request->data, request->length, (const uint8_t *)&id);
    pthread_cond_broadcast(&changed);
  }
  return OK;
}

static ret take_typed(object * object, request_id * id, typed_message * typed, const char * suffix, ret nothing)
{
  check_typed(typed, object->type, suffix);
  check_out(id, sizeof *id, "a request id");
  message * taken = next_message(object);
  if (taken == NULL) {
    return nothing;
  }
  memcpy(id, taken->id, sizeof *id);
  typed->data = taken->data;
  typed->length = taken->length;
  guarded_free(taken);
  return OK;
}

EXPORT ret rcl_take_request(const handle * service, request_id * id, typed_message * request)
{
  ENTER;
  object * found = find(SERVICE, service);
  return found == NULL ? not_initialized() : take_typed(found, id, request, "_Request", SERVICE_TAKE_FAILED);
}

EXPORT ret rcl_send_response(const handle * service, const request_id * id, const typed_message * response)
{
  ENTER;
  const object * found = find(SERVICE, service);
  if (found == NULL) {
    return not_initialized();
  }
  check_typed(response, found->type, "_Response");
  for (object * client = objects; client != NULL; client = client->next) {
    if (client->kind == CLIENT && memcmp(&client->number, id->writer_guid, sizeof client->number) == 0) {
      post(client, response->data, response->length, (const uint8_t *)id);
      pthread_cond_broadcast(&changed);
    }
  }
  return OK;
}

EXPORT ret rcl_take_response(const handle * client, request_id * id, typed_message * response)
{
  ENTER;
  object * found = find(CLIENT, client);
  return found == NULL ? not_initialized() : take_typed(found, id, response, "_Response", CLIENT_TAKE_FAILED);
}

// ---- waiting --------------------------------------------------------------------------------------------------------------

EXPORT ret rcl_guard_condition_init(child_of_context * condition, context * context, allocator options)
{
  ENTER;
  object * parent = find(CONTEXT, context);
  if (parent == NULL) {
    return not_initialized();
  }
  check_allocator(&options);
  begin_guard_condition(condition, context, parent);
  return OK;
}

EXPORT ret rcl_trigger_guard_condition(child_of_context * condition)
{
  ENTER;
  object * found = find(GUARD_CONDITION, condition);
  if (found == NULL) {
    return not_initialized();
  }
  found->triggered = true;
  pthread_cond_broadcast(&changed);
  return OK;
}

EXPORT ret rcl_guard_condition_fini(child_of_context * condition)
{
  ENTER;
  return end(GUARD_CONDITION, condition, NULL) ? OK : not_initialized();
}

static void resize(wait_set * set, const size_t sizes[WAIT_KINDS])
{
  for (int kind = 0; kind < WAIT_KINDS; kind++) {
    guarded_free(set->of[kind].items);
    set->of[kind].items = sizes[kind] == 0 ? NULL : guarded_alloc(sizes[kind] * sizeof(void *));
    set->of[kind].size = sizes[kind];
  }
}

EXPORT ret rcl_wait_set_init(
  wait_set * set, size_t subscriptions, size_t guard_conditions, size_t timers, size_t clients, size_t services,
  size_t events, context * context, allocator given)
{
  ENTER;
  check_allocator(&given);
  object * parent = find(CONTEXT, context);
  if (parent == NULL) {
    return not_initialized();
  }
  object * object = begin(WAIT_SET, set, sizeof *set, parent);
  memset(set, 0, sizeof *set);
  set->impl = object;
  resize(set, (size_t[]){subscriptions, guard_conditions, timers, clients, services, events});
  seal(object);
  return OK;
}

EXPORT ret rcl_wait_set_resize(
  wait_set * set, size_t subscriptions, size_t guard_conditions, size_t timers, size_t clients, size_t services,
  size_t events)
{
  ENTER;
  object * found = find(WAIT_SET, set);
  if (found == NULL) {
    return not_initialized();
  }
  resize(set, (size_t[]){subscriptions, guard_conditions, timers, clients, services, events});
  seal(found);
  return OK;
}

EXPORT ret rcl_wait_set_clear(wait_set * set)
{
  ENTER;
  if (find(WAIT_SET, set) == NULL) {
    return not_initialized();
  }
  for (int kind = 0; kind < WAIT_KINDS; kind++) {
    for (size_t i = 0; i < set->of[kind].size; i++) {
      set->of[kind].items[i] = NULL;
    }
  }
  return OK;
}

static ret add(wait_set * set, int wait_kind, kind kind, const void * structure, size_t * index)
{
  if (find(WAIT_SET, set) == NULL || find(kind, structure) == NULL) {
    return not_initialized();
  }
  for (size_t i = 0; i < set->of[wait_kind].size; i++) {
    if (set->of[wait_kind].items[i] == NULL) {
      set->of[wait_kind].items[i] = structure;
      if (index != NULL) {
        *index = i;
      }
      return OK;
    }
  }
  fault("more is added to a wait set than it has room for");
  return fail(WAIT_SET_FULL, "the wait set is full");
}

EXPORT ret rcl_wait_set_add_subscription(wait_set * set, const handle * subscription, size_t * index)
{
  ENTER;
  return add(set, SUBSCRIPTIONS, SUBSCRIPTION, subscription, index);
}

EXPORT ret rcl_wait_set_add_guard_condition(wait_set * set, const child_of_context * condition, size_t * index)
{
  ENTER;
  return add(set, GUARD_CONDITIONS, GUARD_CONDITION, condition, index);
}

EXPORT ret rcl_wait_set_add_client(wait_set * set, const handle * client, size_t * index)
{
  ENTER;
  return add(set, CLIENTS, CLIENT, client, index);
}

EXPORT ret rcl_wait_set_add_service(wait_set * set, const handle * service, size_t * index)
{
  ENTER;
  return add(set, SERVICES, SERVICE, service, index);
}

EXPORT ret rcl_wait_set_add_event(wait_set * set, const handle * event, size_t * index)
{
  ENTER;
  return add(set, EVENTS, EVENT, event, index);
}

static const kind KINDS[] = {SUBSCRIPTION, GUARD_CONDITION, EVENT, CLIENT, SERVICE, EVENT};

static bool is_ready(const object * object)
{
  return object->messages != NULL || object->triggered || object->event_change != 0;
}

EXPORT ret rcl_wait(wait_set * set, int64_t timeout)
{
  ENTER;
  object * waiter = find(WAIT_SET, set);
  if (waiter == NULL) {
    return not_initialized();
  }
  if (waiter->waits++ != 0) {
    fault("two threads wait with one wait set");
  }
  object ** waited = NULL;
  const void *** slots = NULL;
  size_t count = 0;
  for (int kind = 0; kind < WAIT_KINDS; kind++) {
    for (size_t i = 0; i < set->of[kind].size; i++) {
      object * found = set->of[kind].items[i] == NULL ? NULL : find(KINDS[kind], set->of[kind].items[i]);
      if (found != NULL) {
        waited = guarded_realloc(waited, (count + 1) * sizeof *waited);
        slots = guarded_realloc(slots, (count + 1) * sizeof *slots);
        slots[count] = &set->of[kind].items[i];
        waited[count++] = found;
        found->waits++;
      }
    }
  }
  if (count == 0) {
    fault("nothing is waited for");
  }
  struct timespec deadline;
  clock_gettime(CLOCK_REALTIME, &deadline);
  deadline.tv_sec += timeout / 1000000000;
  deadline.tv_nsec += timeout % 1000000000;
  if (deadline.tv_nsec >= 1000000000) {
    deadline.tv_sec++;
    deadline.tv_nsec -= 1000000000;
  }
  bool some_ready = false, is_over = false;
  while (true) {
    for (size_t i = 0; i < count; i++) {
      some_ready = some_ready || is_ready(waited[i]);
    }
    if (some_ready || is_over) {
      break;
    }
    is_over = timeout < 0 ? pthread_cond_wait(&changed, &checks_lock) != 0 :
      pthread_cond_timedwait(&changed, &checks_lock, &deadline) == ETIMEDOUT;
  }
  for (size_t i = 0; i < count; i++) {
    if (!is_ready(waited[i])) {
      *slots[i] = NULL;
    }
    waited[i]->triggered = false;
    waited[i]->waits--;
  }
  waiter->waits--;
  guarded_free(slots);
  guarded_free(waited);
  return some_ready ? OK : TIMEOUT;
}

EXPORT ret rcl_wait_set_fini(wait_set * set)
{
  ENTER;
  object * found = find(WAIT_SET, set);
  if (found == NULL) {
    return not_initialized();
  }
  resize(set, (const size_t[WAIT_KINDS]){0});
  seal(found);
  end(WAIT_SET, set, NULL);
  return OK;
}

// ---- the graph ------------------------------------------------------------------------------------------------------------

EXPORT ret rcl_get_node_names(
  const child_of_context * node, allocator given, string_array * names, string_array * name_spaces)
{
  ENTER;
  check_allocator(&given);
  if (find(NODE, node) == NULL) {
    return not_initialized();
  }
  if (!all(names, 0, sizeof *names) || !all(name_spaces, 0, sizeof *name_spaces)) {
    fault("the names of nodes are asked for into something that is not empty");
  }
  for (const object * other = objects; other != NULL; other = other->next) {
    if (other->kind == NODE) {
      add_text(names, other->name);
      add_text(name_spaces, other->name_space);
    }
  }
  return OK;
}

static ret list_names(const child_of_context * node, const allocator * given, names_and_types * list, kind first, kind second)
{
  check_allocator(given);
  if (find(NODE, node) == NULL) {
    return not_initialized();
  }
  if (!all(list, 0, sizeof *list)) {
    fault("names are asked for into something that is not empty");
  }
  for (const object * other = objects; other != NULL; other = other->next) {
    bool is_new = other->kind == first || other->kind == second;
    for (size_t i = 0; is_new && i < list->names.size; i++) {
      is_new = strcmp(list->names.data[i], other->name) != 0;
    }
    if (is_new) {
      add_text(&list->names, other->name);
      list->types = guarded_realloc(list->types, list->names.size * sizeof *list->types);
      add_text(&list->types[list->names.size - 1], ((const type_support *)other->type)->name);
    }
  }
  return OK;
}

EXPORT ret rcl_get_topic_names_and_types(
  const child_of_context * node, const allocator * given, bool no_demangle, names_and_types * topics)
{
  ENTER;
  if (no_demangle) {
    fault("topics are asked for by the names that the middleware has for them");
  }
  return list_names(node, given, topics, PUBLISHER, SUBSCRIPTION);
}

EXPORT ret rcl_get_service_names_and_types(const child_of_context * node, const allocator * given, names_and_types * services)
{
  ENTER;
  return list_names(node, given, services, SERVICE, SERVICE);
}

EXPORT ret rcl_names_and_types_fini(names_and_types * list)
{
  const size_t count = list->names.size;
  for (size_t i = 0; i < count; i++) {
    rcutils_string_array_fini(&list->types[i]);
  }
  if (count != 0) {
    rcutils_string_array_fini(&list->names);
  }
  guarded_free(list->types);
  list->types = NULL;
  return OK;
}

static ret list_endpoints(
  const child_of_context * node, const allocator * given, const char * topic, bool no_mangle, endpoint_info_array * list,
  kind kind)
{
  check_allocator(given);
  if (find(NODE, node) == NULL) {
    return not_initialized();
  }
  if (no_mangle || !all(list, 0, sizeof *list)) {
    fault("the endpoints of a topic are not asked for as they should be");
  }
  for (const object * other = objects; other != NULL; other = other->next) {
    if (other->kind == kind && strcmp(other->name, topic) == 0) {
      list->infos = guarded_realloc(list->infos, (list->size + 1) * sizeof *list->infos);
      endpoint_info * info = &list->infos[list->size++];
      memset(info, 0xEE, sizeof *info);
      info->node_name = guarded_text(other->parent->name);
      info->node_namespace = guarded_text(other->parent->name_space);
      info->topic_type = guarded_text(((const type_support *)other->type)->name);
#ifndef HUMBLE
      info->topic_type_hash.version = 1;
      for (int i = 0; i < 32; i++) {
        info->topic_type_hash.value[i] = (uint8_t)i;
      }
#endif
      info->endpoint_type = kind == PUBLISHER ? 1 : 2;
      identify(other, info->endpoint_gid);
      info->qos = *qos_of(other);
    }
  }
  return OK;
}

EXPORT ret rcl_get_publishers_info_by_topic(
  const child_of_context * node, const allocator * given, const char * topic, bool no_mangle, endpoint_info_array * list)
{
  ENTER;
  return list_endpoints(node, given, topic, no_mangle, list, PUBLISHER);
}

EXPORT ret rcl_get_subscriptions_info_by_topic(
  const child_of_context * node, const allocator * given, const char * topic, bool no_mangle, endpoint_info_array * list)
{
  ENTER;
  return list_endpoints(node, given, topic, no_mangle, list, SUBSCRIPTION);
}

EXPORT ret rmw_topic_endpoint_info_array_fini(endpoint_info_array * list, const allocator * given)
{
  ENTER;
  check_allocator(given);
  for (size_t i = 0; i < list->size; i++) {
    guarded_free((char *)list->infos[i].node_name);
    guarded_free((char *)list->infos[i].node_namespace);
    guarded_free((char *)list->infos[i].topic_type);
  }
  guarded_free(list->infos);
  memset(list, 0, sizeof *list);
  return OK;
}

#ifndef HUMBLE
// Only whether it is there is of interest.
EXPORT ret rmw_topic_endpoint_info_set_topic_type_hash(endpoint_info * info, const void * hash)
{
  (void)info, (void)hash;
  return OK;
}
#endif

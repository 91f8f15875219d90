#include "endpoint.h"

#include <fastdds/dds/domain/DomainParticipantFactory.hpp>
#include <fastdds/rtps/transport/UDPv4TransportDescriptor.h>
#include <fastrtps/utils/IPLocator.h>

#include <stdexcept>

using namespace eprosima::fastdds::dds;
using eprosima::fastdds::rtps::UDPv4TransportDescriptor;
using eprosima::fastrtps::rtps::IPLocator;
using eprosima::fastrtps::rtps::Locator_t;
using eprosima::fastrtps::rtps::PREALLOCATED_WITH_REALLOC_MEMORY_MODE;

namespace {

constexpr auto loopback = "127.0.0.1";
constexpr auto any_address = "0.0.0.0";

// How many participants of this machine are looked for, as ROS 2 sets it for Cyclone DDS with discovery on localhost.
constexpr std::uint32_t participants = 33;

constexpr std::uint32_t socket_buffer = 4 * 1024 * 1024;

template <typename T>
T* require(T* entity, const char* what)
{
    if (entity == nullptr)
        throw std::runtime_error(std::string("Fast DDS creates no ") + what);

    return entity;
}

Locator_t locator(const char* address)
{
    Locator_t locator;
    IPLocator::setIPv4(locator, address);
    locator.port = 0;
    return locator;
}

DomainParticipantQos participant_qos(const Options& options)
{
    auto transport = std::make_shared<UDPv4TransportDescriptor>();
    if (options.loopback)
        transport->interfaceWhiteList.emplace_back(loopback);

    transport->maxInitialPeersRange = participants;
    transport->sendBufferSize = socket_buffer;
    transport->receiveBufferSize = socket_buffer;

    DomainParticipantQos qos;
    qos.name("fastdds_peer");
    qos.transport().use_builtin_transports = false;
    qos.transport().user_transports.push_back(transport);

    // Unicast to every participant of this machine, no multicast. Port 0: the well-known ports of the domain.
    auto& discovery = qos.wire_protocol().builtin;
    discovery.initialPeersList.push_back(locator(loopback));
    discovery.metatrafficUnicastLocatorList.push_back(locator(options.loopback ? loopback : any_address));
    return qos;
}

template <typename Qos>
Qos endpoint_qos(const Options& options)
{
    Qos qos;
    qos.reliability().kind = options.best_effort ? BEST_EFFORT_RELIABILITY_QOS : RELIABLE_RELIABILITY_QOS;
    qos.durability().kind = VOLATILE_DURABILITY_QOS;
    qos.history().kind = KEEP_LAST_HISTORY_QOS;
    qos.history().depth = 10;
    qos.endpoint().history_memory_policy = PREALLOCATED_WITH_REALLOC_MEMORY_MODE;
    qos.data_sharing().off();
    return qos;
}

}  // namespace

Endpoint::Endpoint(const Options& options, TopicDataType* type)
    : options_(options)
    , participant_(require(
          DomainParticipantFactory::get_instance()->create_participant(options.domain, participant_qos(options)),
          "participant"))
    , topic_(nullptr)
{
    TypeSupport support(type);
    support.register_type(participant_);
    topic_ = require(participant_->create_topic("rt" + options.topic, support.get_type_name(), TOPIC_QOS_DEFAULT), "topic");
}

Endpoint::~Endpoint()
{
    participant_->delete_contained_entities();
    DomainParticipantFactory::get_instance()->delete_participant(participant_);
}

DataReader& Endpoint::create_reader()
{
    auto* subscriber = require(participant_->create_subscriber(SUBSCRIBER_QOS_DEFAULT), "subscriber");
    return *require(subscriber->create_datareader(topic_, endpoint_qos<DataReaderQos>(options_)), "reader");
}

DataWriter& Endpoint::create_writer()
{
    auto* publisher = require(participant_->create_publisher(PUBLISHER_QOS_DEFAULT), "publisher");
    auto qos = endpoint_qos<DataWriterQos>(options_);

    // Images do not fit into one packet; Fast DDS takes them apart on a thread of its own only.
    qos.publish_mode().kind = ASYNCHRONOUS_PUBLISH_MODE;
    return *require(publisher->create_datawriter(topic_, qos), "writer");
}

#pragma once

#include "options.h"

#include <fastdds/dds/domain/DomainParticipant.hpp>
#include <fastdds/dds/publisher/DataWriter.hpp>
#include <fastdds/dds/publisher/Publisher.hpp>
#include <fastdds/dds/subscriber/DataReader.hpp>
#include <fastdds/dds/subscriber/Subscriber.hpp>
#include <fastdds/dds/topic/Topic.hpp>
#include <fastdds/dds/topic/TypeSupport.hpp>

#include <memory>

// A participant on this machine with one topic, named as ROS 2 names topics in DDS.
class Endpoint
{
public:
    // Owns the type support that it is given. Throws std::runtime_error where Fast DDS refuses.
    Endpoint(const Options& options, eprosima::fastdds::dds::TopicDataType* type);
    ~Endpoint();

    Endpoint(const Endpoint&) = delete;
    Endpoint& operator=(const Endpoint&) = delete;

    // The endpoints belong to the participant and go with it.
    eprosima::fastdds::dds::DataReader& create_reader();
    eprosima::fastdds::dds::DataWriter& create_writer();

private:
    const Options& options_;
    eprosima::fastdds::dds::DomainParticipant* participant_;
    eprosima::fastdds::dds::Topic* topic_;
};

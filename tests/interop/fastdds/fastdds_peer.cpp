// A ROS 2 peer of another vendor: Fast DDS without any ROS, see options.cpp for how to use it.

#include "endpoint.h"
#include "options.h"
#include "ppm.h"
#include "text.h"

#include "face_attributesPubSubTypes.h"

#include <fastdds/dds/core/condition/StatusCondition.hpp>
#include <fastdds/dds/core/condition/WaitSet.hpp>
#include <fastdds/dds/subscriber/SampleInfo.hpp>

#include <chrono>
#include <iostream>
#include <thread>

using namespace eprosima::fastdds::dds;
using eprosima::fastrtps::Duration_t;
using face_attributes::msg::dds_::FaceAttributesArray_;
using face_attributes::msg::dds_::FaceAttributesArray_PubSubType;
using sensor_msgs::msg::dds_::Image_;
using sensor_msgs::msg::dds_::Image_PubSubType;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int success = 0;
constexpr int failure = 1;
constexpr int wrong_use = 2;

Clock::time_point deadline(const Options& options)
{
    return Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(options.seconds));
}

Duration_t until(Clock::time_point time)
{
    return Duration_t(std::max(0.0, std::chrono::duration<double>(time - Clock::now()).count()));
}

template <typename Message>
int listen(const Options& options, TopicDataType* type)
{
    Endpoint endpoint(options, type);
    auto& reader = endpoint.create_reader();
    const auto end = deadline(options);
    auto received = 0;
    while (received < options.count && Clock::now() < end)
    {
        reader.wait_for_unread_message(until(end));
        Message message;
        SampleInfo info;
        while (received < options.count && reader.take_next_sample(&message, &info) == ReturnCode_t::RETCODE_OK)
        {
            // Without valid data a sample says that a writer has gone.
            if (info.valid_data)
            {
                std::cout << to_text(message) << std::endl;
                received++;
            }
        }
    }

    return received == options.count ? success : failure;
}

bool wait_for_reader(DataWriter& writer, Clock::time_point end)
{
    auto& condition = writer.get_statuscondition();
    condition.set_enabled_statuses(StatusMask::publication_matched());
    WaitSet wait_set;
    wait_set.attach_condition(condition);
    PublicationMatchedStatus status;
    writer.get_publication_matched_status(status);
    while (status.current_count == 0 && Clock::now() < end)
    {
        ConditionSeq triggered;
        wait_set.wait(triggered, until(end));
        writer.get_publication_matched_status(status);
    }

    return status.current_count > 0;
}

void stamp(Image_& image)
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now);
    image.header().stamp().sec(static_cast<std::int32_t>(seconds.count()));
    image.header().stamp().nanosec(
        static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(now - seconds).count()));
}

int publish(const Options& options)
{
    auto image = read_ppm(options.file);
    image.header().frame_id("fastdds_camera");

    Endpoint endpoint(options, new Image_PubSubType());
    auto& writer = endpoint.create_writer();
    const auto end = deadline(options);
    if (!wait_for_reader(writer, end))
    {
        std::cerr << "nobody subscribes to " << options.topic << std::endl;
        return failure;
    }

    const auto period = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(1 / options.rate));
    auto next = Clock::now();
    for (auto i = 0; i < options.count && Clock::now() < end; i++)
    {
        std::this_thread::sleep_until(next);
        next += period;
        stamp(image);

        // The line first: whoever has received the image finds it.
        std::cout << to_text(image) << std::endl;
        writer.write(&image);
    }

    return writer.wait_for_acknowledgments(until(end)) == ReturnCode_t::RETCODE_OK ? success : failure;
}

}  // namespace

int main(int argc, char* argv[])
{
    const auto options = parse_options({argv + 1, argv + argc});
    if (!options)
    {
        std::cerr << usage;
        return wrong_use;
    }

    try
    {
        if (options->command == "publish")
            return publish(*options);

        return options->type == "image" ? listen<Image_>(*options, new Image_PubSubType())
                                        : listen<FaceAttributesArray_>(*options, new FaceAttributesArray_PubSubType());
    }
    catch (const std::exception& exception)
    {
        std::cerr << exception.what() << std::endl;
        return failure;
    }
}

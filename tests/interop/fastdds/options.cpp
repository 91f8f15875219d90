#include "options.h"

#include <cstdlib>
#include <stdexcept>

const char* const usage =
    "A Fast DDS program that talks to ROS 2 nodes on this machine, and on no other.\n"
    "  fastdds_peer listen image|faces TOPIC [options]   prints what it receives, a line each\n"
    "  fastdds_peer publish image TOPIC FILE [options]   sends a binary PPM as rgb8 image\n"
    "Options: --domain N (else ROS_DOMAIN_ID, else 0)  --count N (1)  --rate HZ (10)  --seconds S (30)  --best-effort\n"
    "  --loopback: use the loopback interface alone, where the nodes do so too. Else, as ROS 2 with\n"
    "  ROS_AUTOMATIC_DISCOVERY_RANGE=LOCALHOST, any interface, but with nodes of this machine.\n"
    "Ends with 0 when COUNT messages have come or arrived, with 1 when SECONDS are over before that.\n";

namespace {

bool is_known(const Options& options)
{
    const bool listens = options.command == "listen" && (options.type == "image" || options.type == "faces");
    const bool publishes = options.command == "publish" && options.type == "image" && !options.file.empty();
    return (listens || publishes) && !options.topic.empty() && options.topic[0] == '/' && options.count > 0
        && options.rate > 0;
}

void apply(Options& options, const std::string& name, const std::string& value)
{
    if (name == "--domain")
        options.domain = static_cast<std::uint32_t>(std::stoul(value));
    else if (name == "--count")
        options.count = std::stoi(value);
    else if (name == "--rate")
        options.rate = std::stod(value);
    else if (name == "--seconds")
        options.seconds = std::stod(value);
    else
        throw std::invalid_argument(name);
}

}  // namespace

std::optional<Options> parse_options(const std::vector<std::string>& arguments)
{
    Options options;
    try
    {
        if (const char* domain = std::getenv("ROS_DOMAIN_ID"))
            options.domain = static_cast<std::uint32_t>(std::stoul(domain));

        std::vector<std::string> positional;
        for (std::size_t i = 0; i < arguments.size(); i++)
        {
            if (arguments[i] == "--best-effort")
                options.best_effort = true;
            else if (arguments[i] == "--loopback")
                options.loopback = true;
            else if (arguments[i].rfind("--", 0) == 0)
            {
                apply(options, arguments[i], arguments.at(i + 1));
                i++;
            }
            else
                positional.push_back(arguments[i]);
        }

        positional.resize(4);
        options.command = positional[0];
        options.type = positional[1];
        options.topic = positional[2];
        options.file = positional[3];
    }
    catch (const std::logic_error&)
    {
        return std::nullopt;
    }

    return is_known(options) ? std::optional(options) : std::nullopt;
}

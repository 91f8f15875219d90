// A Cyclone DDS program, without ROS, that offers or calls a service of type std_srvs/srv/SetBool as rmw_cyclonedds does.

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "dds/dds.h"
#include "std_srvs.h"

namespace {

using Request = std_srvs_srv_dds__SetBool_Request_;
using Response = std_srvs_srv_dds__SetBool_Response_;

constexpr int success = 0;
constexpr int failure = 1;
constexpr int wrong_use = 2;

const char* const usage =
    "A Cyclone DDS program that meets ROS 2 nodes of this machine in the domain ROS_DOMAIN_ID.\n"
    "  cyclonedds_peer serve NAME         answers requests to set a boolean until it is killed, and prints them\n"
    "  cyclonedds_peer call NAME COUNT    requests true and false by turns, and prints the answers\n";

const char* const configuration =
    "<CycloneDDS><Domain><General><AllowMulticast>false</AllowMulticast></General>"
    "<Discovery><ParticipantIndex>auto</ParticipantIndex><MaxAutoParticipantIndex>32</MaxAutoParticipantIndex>"
    "<Peers><Peer address=\"localhost\"/></Peers></Discovery></Domain></CycloneDDS>";

dds_entity_t check(dds_entity_t result, const char* what)
{
    if (result < 0)
        throw std::runtime_error(std::string(what) + ": " + dds_strretcode(result));

    return result;
}

dds_entity_t join_domain()
{
    const char* variable = std::getenv("ROS_DOMAIN_ID");
    const auto id = static_cast<dds_domainid_t>(variable ? std::stoul(variable) : 0);
    const char* own = std::getenv("CYCLONEDDS_URI");
    check(dds_create_domain(id, (std::string(configuration) + "," + (own ? own : "")).c_str()), "domain");
    return check(dds_create_participant(id, nullptr, nullptr), "participant");
}

// The two topics of a service, with a reader of one and a writer of the other that have the same name.
struct End
{
    End(const std::string& service, bool serves)
    {
        const auto participant = join_domain();
        const auto requests = check(
            dds_create_topic(
                participant, &std_srvs_srv_dds__SetBool_Request__desc, ("rq" + service + "Request").c_str(), nullptr, nullptr),
            "requests");
        const auto responses = check(
            dds_create_topic(
                participant, &std_srvs_srv_dds__SetBool_Response__desc, ("rr" + service + "Reply").c_str(), nullptr, nullptr),
            "responses");
        const std::string name = serves ? "serviceid=1.f.the.server;" : "clientid=1.f.the.client;";
        dds_qos_t* qos = dds_create_qos();
        dds_qset_reliability(qos, DDS_RELIABILITY_RELIABLE, DDS_INFINITY);
        dds_qset_history(qos, DDS_HISTORY_KEEP_LAST, 10);
        dds_qset_userdata(qos, name.c_str(), name.size());
        reader = check(dds_create_reader(participant, serves ? requests : responses, qos, nullptr), "reader");
        writer = check(dds_create_writer(participant, serves ? responses : requests, qos, nullptr), "writer");
        dds_delete_qos(qos);
    }

    bool is_connected() const
    {
        dds_publication_matched_status_t written;
        dds_subscription_matched_status_t read;
        return dds_get_publication_matched_status(writer, &written) == DDS_RETCODE_OK && written.current_count > 0
            && dds_get_subscription_matched_status(reader, &read) == DDS_RETCODE_OK && read.current_count > 0;
    }

    // Waits for the next sample and hands it to a function that says whether it was the awaited one.
    template <typename T, typename Function>
    void take(Function handle) const
    {
        while (true)
        {
            T* sample = nullptr;
            dds_sample_info_t info;
            void** samples = reinterpret_cast<void**>(&sample);
            const auto count = check(dds_take(reader, samples, &info, 1, 1), "take");
            const bool done = count == 1 && info.valid_data && handle(*sample);
            if (count > 0)
                dds_return_loan(reader, samples, count);

            if (done)
                return;

            if (count == 0)
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }

    dds_entity_t reader = 0;
    dds_entity_t writer = 0;
};

int serve(const std::string& service)
{
    const End end(service, true);
    end.take<Request>([&](const Request& request) {
        std::cout << "request " << request.sequence_number << ": " << (request.data ? "true" : "false") << std::endl;
        std::string message = request.data ? "it is on" : "it is off";
        Response response{request.client, request.sequence_number, request.data, message.data()};
        // What is written before the caller's reader is known would be lost.
        while (!end.is_connected())
            std::this_thread::sleep_for(std::chrono::milliseconds(1));

        check(dds_write(end.writer, &response), "write");
        return false;
    });
    return failure;
}

int call(const std::string& service, int count)
{
    const End end(service, false);
    while (!end.is_connected())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));

    const std::uint64_t client = 0x0123456789abcdef;
    for (std::int64_t i = 1; i <= count; i++)
    {
        const Request request{client, i, i % 2 == 1};
        check(dds_write(end.writer, &request), "write");
        end.take<Response>([&](const Response& response) {
            if (response.client != client || response.sequence_number != i)
                return false;

            std::cout << "response " << i << ": " << (response.success ? "true" : "false") << " '" << response.message
                      << "'" << std::endl;
            return true;
        });
    }

    return success;
}

}  // namespace

int main(int argc, char* argv[])
{
    const std::vector<std::string> arguments{argv + 1, argv + argc};
    try
    {
        if (arguments.size() == 2 && arguments[0] == "serve")
            return serve(arguments[1]);

        if (arguments.size() == 3 && arguments[0] == "call")
            return call(arguments[1], std::stoi(arguments[2]));
    }
    catch (const std::exception& exception)
    {
        std::cerr << exception.what() << std::endl;
        return failure;
    }

    std::cerr << usage;
    return wrong_use;
}

using rclcs.Tests.Support;
using SetBool = std_srvs.srv.SetBool;

namespace rclcs.Tests.Interop;

/// <summary>Our services and a program that has Cyclone DDS and no ROS, over loopback.</summary>
[EmbeddedMiddleware]
public sealed class CycloneDdsTests
{
    [Test]
    public async Task We_call_a_service_of_Cyclone_DDS()
    {
        using var peer = new CycloneDdsPeer("serve", "/lamp");
        using var caller = new SpinningNode("caller").Start();
        using var client = caller.Node.CreateClient<SetBool.Request, SetBool.Response>("lamp");
        await client.WaitForServiceAsync().WaitAsync(Within.Time);

        var on = await client.CallAsync(new SetBool.Request { Data = true }).WaitAsync(Within.Time);
        var off = await client.CallAsync(new SetBool.Request { Data = false }).WaitAsync(Within.Time);

        Assert.That((on.Success, on.Message), Is.EqualTo((true, "it is on")));
        Assert.That((off.Success, off.Message), Is.EqualTo((false, "it is off")));
        Assert.That(await peer.ReadLineAsync(), Is.EqualTo("request 1: true"));
        Assert.That(await peer.ReadLineAsync(), Is.EqualTo("request 2: false"));
    }

    [Test]
    public async Task Cyclone_DDS_calls_our_service()
    {
        using var server = new SpinningNode("server").Start();
        using var service = server.Node.CreateService<SetBool.Request, SetBool.Response>(
            "lamp", request => new SetBool.Response { Success = request.Data, Message = $"grüß Gott, {request.Data}" });
        using var peer = new CycloneDdsPeer("call", "/lamp", "3");

        Assert.That(await peer.ReadLineAsync(), Is.EqualTo("response 1: true 'grüß Gott, True'"));
        Assert.That(await peer.ReadLineAsync(), Is.EqualTo("response 2: false 'grüß Gott, False'"));
        Assert.That(await peer.ReadLineAsync(), Is.EqualTo("response 3: true 'grüß Gott, True'"));
    }
}

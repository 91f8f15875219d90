using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace rclcs.Tests.Support;

/// <summary>
/// Skips what is about the embedded middleware, or a type that no package of ROS has, when the tests run on librcl.
/// The two middlewares don't go into one process.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class EmbeddedMiddlewareAttribute : NUnitAttribute, IApplyToTest
{
    public void ApplyToTest(Test test)
    {
        if (!Middlewares.IsRcl)
            return;

        test.RunState = RunState.Ignored;
        test.Properties.Set(PropertyNames.SkipReason, "About the embedded middleware, and the tests run on librcl.");
    }
}

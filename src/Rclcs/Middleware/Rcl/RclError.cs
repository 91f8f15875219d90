using rclcs.Middleware.Rcl.Interop;

namespace rclcs.Middleware.Rcl;

/// <summary>Return codes of rcl (<c>rcl_ret_t</c>) and the texts that go with them.</summary>
internal static class RclError
{
    public const int Ok = 0;
    public const int Timeout = 2;
    public const int SubscriptionTakeFailed = 401;
    public const int ClientTakeFailed = 501;
    public const int ServiceTakeFailed = 601;

    /// <summary>Lets pass what is no error.</summary>
    /// <param name="result">A return code.</param>
    /// <param name="failure">Begins the sentence if it is an error.</param>
    /// <exception cref="RuntimeError">It is an error.</exception>
    public static void Check(int result, string failure)
    {
        if (result != Ok)
            throw Create(result, failure);
    }

    /// <summary>Makes an exception of an error, with rcl's text, which is forgotten there.</summary>
    public static RuntimeError Create(int result, string failure)
    {
        var text = Librcl.rcutils_get_error_string().ToString();
        Librcl.rcutils_reset_error();

        // The text ends with the place in the source, which says nothing to a user.
        var end = text.IndexOf(", at ", StringComparison.Ordinal);
        return new RuntimeError($"{failure}: {(end < 0 ? text : text[..end]).ReplaceLineEndings(" ")} (rcl error {result}).");
    }

    /// <summary>Forgets the text of an error that does not matter.</summary>
    public static void Forget(int result)
    {
        if (result != Ok)
            Librcl.rcutils_reset_error();
    }
}

using Lunatic.Runtime.Tests.Guests;

namespace Lunatic.Runtime.Tests.HostApi.Application;

/// <summary>Runs a guest that imports one host function of the application, <c>app::test f</c>, as <c>$f</c>.</summary>
internal static class ApplicationGuest
{
    public static GuestHost Host(Delegate function, EnvironmentOptions? options = null)
    {
        var functions = new HostFunctionCollection();
        functions.Add("app::test", "f", function);
        return new GuestHost(options, hostFunctions: functions);
    }

    /// <summary>A module whose "main" does the given instructions; page 0 begins with the bytes of "key", and "é" lies at 16, a stray byte at 32.</summary>
    public static string Write(string type, string main) => GuestModule.Write($"""
          (data (i32.const 0) "key")
          (data (i32.const 16) "\c3\a9")
          (data (i32.const 32) "\ff")
          (func (export "main") {main})
        """).Replace("(memory (export", $"""(import "app::test" "f" (func $f {type})) (memory (export""", StringComparison.Ordinal);

    public static async Task<(ExitReason Exit, long[] Reports)> RunAsync(Delegate function, string type, string main, EnvironmentOptions? options = null)
    {
        await using GuestHost host = Host(function, options);
        LunaticModule module = await host.CompileAsync(Write(type, main));
        ExitReason exit = await GuestHost.WaitForEndAsync(await host.Environment.SpawnAsync(module, "main"));
        return (exit, host.Reports);
    }
}

namespace Lunatic.Runtime.Tests.Guests;

/// <summary>A C# process that is linked to a guest and watches it, and counts how often it hears of the guest's end.</summary>
internal sealed class Witness
{
    private const long Tag = 77;

    public Witness(LunaticEnvironment environment) => Process = environment.Spawn(async context =>
    {
        context.TrapExit = true;
        while (true)
        {
            Message message = await context.ReceiveAsync();
            if (message.Kind is MessageKind.LinkDied && message.Tag == Tag)
                LinkNews++;
            else if (message.Kind is MessageKind.ProcessDied)
                MonitorNews++;
        }
    });

    public LunaticProcess Process { get; }

    /// <summary>How often it was told of the end of what it is linked to.</summary>
    public int LinkNews { get; private set; }

    /// <summary>How often it was told of the end of what it watches.</summary>
    public int MonitorNews { get; private set; }

    public void Observe(LunaticProcess process)
    {
        Process.Link(process, Tag);
        process.Monitor(Process);
    }
}

using Lunatic.Wasm.Compilation.Emission;
using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm.Execution;

/// <summary>
/// Compiles hot functions on threads of its own, so that no guest waits for the JIT. The threads start when there is something to do, end when they have been
/// idle for a while, and keep neither modules nor the process alive.
/// </summary>
/// <param name="maxThreads">The most threads.</param>
/// <param name="idleTime">How long a thread waits for work before it ends.</param>
internal sealed unsafe class BackgroundCompiler(int maxThreads, TimeSpan idleTime)
{
    /// <summary>The most functions that wait. Choosing among them and refusing one take time in proportion.</summary>
    public const int Capacity = 1_024;

    // the JIT and the emitter recurse, in bounds; only what is touched counts
    private const int StackBytes = 4 << 20;

    private readonly object _gate = new();
    private readonly List<CompileRequest> _waiting = [];
    private int _threads;
    private int _idle;

    /// <summary>The one that stores use.</summary>
    public static BackgroundCompiler Shared { get; } = new(Math.Clamp(Environment.ProcessorCount / 2, 1, 4), TimeSpan.FromSeconds(2));

    /// <summary>Threads that exist now.</summary>
    public int Threads
    {
        get
        {
            lock (_gate)
                return _threads;
        }
    }

    /// <summary>Requests that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>Whether nothing waits or is being compiled.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return _waiting.Count == 0 && _idle == _threads;
        }
    }

    /// <summary>
    /// Asks for a function to be compiled. When too many wait, the one that is worth least is given up; its <see cref="FunctionCode.Requested"/> says so,
    /// and it may be asked for again.
    /// </summary>
    public void Enqueue(CompileRequest request)
    {
        bool start;
        lock (_gate)
        {
            _waiting.Add(request);
            if (_waiting.Count > Capacity)
                GiveUpLeast();
            if (_idle > 0)
                Monitor.Pulse(_gate);
            start = _waiting.Count > _idle && _threads < maxThreads;
            if (start)
                _threads++;
        }
        if (start)
            StartThread();
    }

    private void StartThread()
    {
        try
        {
            new Thread(Work, StackBytes) { IsBackground = true, Name = "Lunatic compiler" }.UnsafeStart();
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            // what waits is compiled when a later request gets its thread; guests run interpreted meanwhile
            lock (_gate)
                _threads--;
        }
    }

    private void Work()
    {
        ThreadPriorities.LowerOwn();
        while (WaitForRequest())
            TryCompileNext();
    }

    // false: this thread is to end
    private bool WaitForRequest()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                _idle++;
                bool isPulsed = Monitor.Wait(_gate, idleTime);
                _idle--;
                if (isPulsed || _waiting.Count > 0)
                    continue;
                _threads--;
                return false;
            }
            return true;
        }
    }

    /// <summary>Compiles what is worth most. A method of its own, so that an idle thread holds on to no module.</summary>
    /// <returns>False if nothing waits.</returns>
    internal bool TryCompileNext()
    {
        CompileRequest next;
        ModuleCode? module;
        lock (_gate)
        {
            if (!TryTakeBest(out next) || !next.Module.TryGetTarget(out module))
                return _waiting.Count > 0;
        }
        try
        {
            FunctionCode* code = module.Functions + next.Function;
            if (next.Site is int site)
                module.CompileAt(code, site);
            else
                _ = next.Resumes ? module.TryCompileResume(code) : module.TryCompile(code);
        }
        catch (Exception exception)
        {
            // nothing may end the thread, and with it the process: the function stays interpreted
            CompilerFaults.Report($"function {next.Function}", exception);
        }
        return true;
    }

    private bool TryTakeBest(out CompileRequest best)
    {
        int place = -1;
        double most = -1;
        for (int i = _waiting.Count - 1; i >= 0; i--)
        {
            double worth = _waiting[i].Worth();
            if (worth < 0)
            {
                // the last takes its place, and has been looked at
                bool isLastBest = place == _waiting.Count - 1;
                RemoveAt(i);
                place = isLastBest ? i : place;
            }
            else if (worth > most)
            {
                (place, most) = (i, worth);
            }
        }
        best = place < 0 ? default : _waiting[place];
        if (place >= 0)
            RemoveAt(place);
        return place >= 0;
    }

    private void GiveUpLeast()
    {
        int place = 0;
        double least = double.MaxValue;
        for (int i = 0; i < _waiting.Count && least >= 0; i++)
        {
            double worth = _waiting[i].Worth();
            if (worth < least)
                (place, least) = (i, worth);
        }
        _waiting[place].GiveUp();
        RemoveAt(place);
    }

    private void RemoveAt(int place)
    {
        _waiting[place] = _waiting[^1];
        _waiting.RemoveAt(_waiting.Count - 1);
    }
}

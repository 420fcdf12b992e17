"""Answers: which venues are known by name, and what else are they called?

The form is ``short name = full name; alias; alias``, or only the name; ``|`` sets venues on
one line apart, and a line that starts with spaces goes on. Forms that rules make out need no
alias: another case, sponsors, "Proceedings of the 42nd Annual ...", years, "International"
before "Conference", and abbreviated words ("J. Mach. Learn. Res." for the full name).
"""

CONFERENCES = """
3DV = International Conference on 3D Vision; 3D Vision
AAAI = AAAI Conference on Artificial Intelligence; AAAI/IAAI; National Conference on Artificial
    Intelligence
AACL = Conference of the Asia-Pacific Chapter of the Association for Computational Linguistics
AAMAS = International Conference on Autonomous Agents and Multiagent Systems; ATAL
ACC = American Control Conference | ACCV = Asian Conference on Computer Vision
ACL = Annual Meeting of the Association for Computational Linguistics; Annual Meeting of the ACL;
    ACL-IJCNLP; Association for Computational Linguistics
ACML = Asian Conference on Machine Learning
CCS = Conference on Computer and Communications Security
FAccT = Conference on Fairness, Accountability, and Transparency; FAT*
ACM MM = ACM International Conference on Multimedia; ACM Multimedia; MM
ACSAC = Annual Computer Security Applications Conference | AI4X = AI4X Conference; AI4X Accelerate
AISTATS = International Conference on Artificial Intelligence and Statistics
ALT = International Conference on Algorithmic Learning Theory | AMIA = AMIA Annual Symposium
ASE = International Conference on Automated Software Engineering
ASPLOS = International Conference on Architectural Support for Programming Languages and Operating
    Systems
ATC = USENIX Annual Technical Conference
AutoML = International Conference on Automated Machine Learning; AutoML Conference
BMVC = British Machine Vision Conference
CAV = International Conference on Computer Aided Verification
CC = International Conference on Compiler Construction
CDC = IEEE Conference on Decision and Control
CHI = Conference on Human Factors in Computing Systems; SIGCHI; CHI Conference on Human Factors in
    Computing Systems
CHIL = Conference on Health, Inference, and Learning
CIKM = International Conference on Information and Knowledge Management
CLeaR = Conference on Causal Learning and Reasoning
COLING = International Conference on Computational Linguistics; COLING-ACL
COLM = Conference on Language Modeling
COLT = Conference on Learning Theory; Conference on Computational Learning Theory
CONCUR = International Conference on Concurrency Theory
CoNLL = Conference on Computational Natural Language Learning; Conference on Natural Language
    Learning
CoRL = Conference on Robot Learning | CPAL = Conference on Parsimony and Learning
CRYPTO = International Cryptology Conference; Advances in Cryptology - CRYPTO
CSCW = Conference on Computer Supported Cooperative Work; Conference on Computer Supported
    Cooperative Work and Social Computing
CVPR = Conference on Computer Vision and Pattern Recognition | DAC = Design Automation Conference
DATE = Design, Automation and Test in Europe; Design, Automation and Test in Europe Conference;
    Design, Automation and Test in Europe Conference and Exhibition
DISC = International Symposium on Distributed Computing
EACL = Conference of the European Chapter of the Association for Computational Linguistics
EC = ACM Conference on Economics and Computation; Conference on Electronic Commerce
ECAI = European Conference on Artificial Intelligence
ECCV = European Conference on Computer Vision
ECIR = European Conference on Information Retrieval; Advances in Information Retrieval
ECML PKDD = European Conference on Machine Learning; ECML; PKDD; European Conference on Machine
    Learning and Principles and Practice of Knowledge Discovery in Databases; Machine Learning and
    Knowledge Discovery in Databases
ECOOP = European Conference on Object-Oriented Programming
EDBT = International Conference on Extending Database Technology
EMNLP = Conference on Empirical Methods in Natural Language Processing; EMNLP-IJCNLP; EMNLP-CoNLL
ESA = European Symposium on Algorithms
ESEC/FSE = International Symposium on the Foundations of Software Engineering; FSE; ESEC; Joint
    European Software Engineering Conference and Symposium on the Foundations of Software
    Engineering
EUROCRYPT = International Conference on the Theory and Applications of Cryptographic Techniques;
    Advances in Cryptology - EUROCRYPT
EuroSys = European Conference on Computer Systems
FAST = USENIX Conference on File and Storage Technologies
FG = International Conference on Automatic Face and Gesture Recognition
FOCS = Symposium on Foundations of Computer Science
GECCO = Genetic and Evolutionary Computation Conference
HRI = International Conference on Human-Robot Interaction
Humanoids = International Conference on Humanoid Robots
HPCA = International Symposium on High-Performance Computer Architecture
ICALP = International Colloquium on Automata, Languages and Programming
ICAPS = International Conference on Automated Planning and Scheduling
ICASSP = International Conference on Acoustics, Speech and Signal Processing
ICCV = International Conference on Computer Vision
ICDAR = International Conference on Document Analysis and Recognition
ICDE = International Conference on Data Engineering | ICDM = International Conference on Data Mining
ICFP = International Conference on Functional Programming
ICIP = International Conference on Image Processing
ICLR = International Conference on Learning Representations
ICME = International Conference on Multimedia and Expo
ICML = International Conference on Machine Learning; Machine Learning Conference
ICMR = International Conference on Multimedia Retrieval
ICPR = International Conference on Pattern Recognition
ICRA = International Conference on Robotics and Automation
ICSE = International Conference on Software Engineering
ICSLP = International Conference on Spoken Language Processing
IJCAI = International Joint Conference on Artificial Intelligence
IJCNLP = International Joint Conference on Natural Language Processing; IJCNLP-AACL
IJCNN = International Joint Conference on Neural Networks | IMC = Internet Measurement Conference
INFOCOM = International Conference on Computer Communications
Interspeech = Conference of the International Speech Communication Association; Eurospeech
IPDPS = International Parallel and Distributed Processing Symposium
IPMI = Information Processing in Medical Imaging
IROS = International Conference on Intelligent Robots and Systems
ISBI = International Symposium on Biomedical Imaging
ISCA = International Symposium on Computer Architecture
ISIT = International Symposium on Information Theory
ISMB = International Conference on Intelligent Systems for Molecular Biology
ISMIR = International Society for Music Information Retrieval Conference; International Conference
    on Music Information Retrieval
ISSTA = International Symposium on Software Testing and Analysis
ISWC = International Semantic Web Conference
IUI = International Conference on Intelligent User Interfaces | IV = Intelligent Vehicles Symposium
JCDL = Joint Conference on Digital Libraries
KDD = Conference on Knowledge Discovery and Data Mining; ACM SIGKDD
KR = International Conference on Principles of Knowledge Representation and Reasoning
L4DC = Conference on Learning for Dynamics and Control
LICS = Symposium on Logic in Computer Science
LoG = Learning on Graphs Conference; Learning on Graphs
LREC = International Conference on Language Resources and Evaluation; LREC-COLING; Language
    Resources and Evaluation Conference
MICCAI = International Conference on Medical Image Computing and Computer-Assisted Intervention
MICRO = International Symposium on Microarchitecture | MIDL = Medical Imaging with Deep Learning
MLHC = Machine Learning for Healthcare Conference; Machine Learning for Healthcare
MLSys = Conference on Machine Learning and Systems; SysML
MobiCom = International Conference on Mobile Computing and Networking
MobiSys = International Conference on Mobile Systems, Applications, and Services
MSR = International Conference on Mining Software Repositories
NAACL = Conference of the North American Chapter of the Association for Computational Linguistics;
    NAACL-HLT; HLT-NAACL
NDSS = Network and Distributed System Security Symposium
NeurIPS = Conference on Neural Information Processing Systems; NIPS; Advances in Neural Information
    Processing Systems; Neural Information Processing Systems Track on Datasets and Benchmarks;
    Neural Information Processing Systems Datasets and Benchmarks Track; NeurIPS Datasets and
    Benchmarks; NeurIPS Track on Datasets and Benchmarks
NSDI = Symposium on Networked Systems Design and Implementation
OOPSLA = Conference on Object-Oriented Programming Systems, Languages, and Applications
OSDI = Symposium on Operating Systems Design and Implementation
PAKDD = Pacific-Asia Conference on Knowledge Discovery and Data Mining
PLDI = Conference on Programming Language Design and Implementation
PODC = Symposium on Principles of Distributed Computing
PODS = Symposium on Principles of Database Systems
POPL = Symposium on Principles of Programming Languages
PPoPP = Symposium on Principles and Practice of Parallel Programming
RecSys = Conference on Recommender Systems | RLC = Reinforcement Learning Conference
RO-MAN = International Symposium on Robot and Human Interactive Communication
RSS = Robotics: Science and Systems; Robotics: Science and Systems Conference
SC = International Conference for High Performance Computing, Networking, Storage and Analysis;
    Supercomputing Conference
SDM = SIAM International Conference on Data Mining
SIGCOMM = Conference of the ACM Special Interest Group on Data Communication
SIGCSE = Technical Symposium on Computer Science Education
SIGGRAPH = Conference on Computer Graphics and Interactive Techniques; Special Interest Group on
    Computer Graphics and Interactive Techniques Conference
SIGGRAPH Asia = ACM SIGGRAPH Conference and Exhibition on Computer Graphics and Interactive
    Techniques in Asia; ACM SIGGRAPH Asia
SIGIR = Conference on Research and Development in Information Retrieval
SIGMETRICS = Conference on Measurement and Modeling of Computer Systems
SIGMOD = International Conference on Management of Data; SIGMOD Conference
SoCG = Symposium on Computational Geometry | SODA = Symposium on Discrete Algorithms
SOSP = Symposium on Operating Systems Principles | S&P = Symposium on Security and Privacy; Oakland
STACS = Symposium on Theoretical Aspects of Computer Science
STOC = Symposium on Theory of Computing
TACAS = International Conference on Tools and Algorithms for the Construction and Analysis of
    Systems
UAI = Conference on Uncertainty in Artificial Intelligence
UIST = Symposium on User Interface Software and Technology
USENIX Security = USENIX Security Symposium
VIS = IEEE Visualization Conference; IEEE Visualization
VLDB = International Conference on Very Large Data Bases; PVLDB; VLDB Endowment
WACV = Winter Conference on Applications of Computer Vision; Workshop on Applications of Computer
    Vision
WMT = Conference on Machine Translation; Workshop on Statistical Machine Translation
WSC = Winter Simulation Conference | WSDM = International Conference on Web Search and Data Mining
WWW = The Web Conference; World Wide Web Conference; International World Wide Web Conference;
    TheWebConf; International Conference on World Wide Web; WebConf
"""

JOURNALS = """
AI Magazine | AIJ = Artificial Intelligence; Artificial Intelligence Journal | Algorithmica
Annals of Statistics | ApJ = Astrophysical Journal; Astrophysics Journal
ApJS = Astrophysical Journal Supplement Series; Astrophysical Journal Supplement
Astron. Astrophys. = Astronomy and Astrophysics; A&A | Bioinformatics = Bioinformatics; Bioinform.
BMC Bioinformatics | BMJ = British Medical Journal | CACM = Communications of the ACM | Cell
Cell Reports | Class. Quantum Grav. = Classical and Quantum Gravity
Computational Linguistics = Computational Linguistics; Am. J. Comput. Linguistics
Computer = IEEE Computer | CSUR = ACM Computing Surveys
CVIU = Computer Vision and Image Understanding
DMLR = Journal of Data-centric Machine Learning Research | eLife
Eur. Phys. J. A = European Physical Journal A | Eur. Phys. J. B = European Physical Journal B
Eur. Phys. J. C = European Physical Journal C | Foundations and Trends in Machine Learning
IEEE Access | IJCV = International Journal of Computer Vision
IJRR = International Journal of Robotics Research
Int. J. Mod. Phys. A = International Journal of Modern Physics A
Int. J. Mod. Phys. B = International Journal of Modern Physics B
J. Chem. Phys. = Journal of Chemical Physics | J. Fluid Mech. = Journal of Fluid Mechanics
J. Math. Phys. = Journal of Mathematical Physics
JACM = Journal of the ACM; Journal of the Association for Computing Machinery
JACS = Journal of the American Chemical Society | JAIR = Journal of Artificial Intelligence Research
JAMA = Journal of the American Medical Association | J. Appl. Phys. = Journal of Applied Physics
JASA = Journal of the American Statistical Association
JCAP = Journal of Cosmology and Astroparticle Physics | JHEP = Journal of High Energy Physics
JMLR = Journal of Machine Learning Research | Lancet = The Lancet
Machine Learning = Machine Learning; Machine Learning Journal | Medical Image Analysis
MNRAS = Monthly Notices of the Royal Astronomical Society | Nature Biotechnology
Nature Communications | Nature Machine Intelligence | Nature Medicine | Nature Methods
Nature Physics | Nature | NEJM = New England Journal of Medicine | Neural Computation
Neural Networks | Neurocomputing | Neuron | Nucl. Phys. A = Nuclear Physics A
Nucl. Phys. B = Nuclear Physics B | Nucleic Acids Research
PACMPL = Proceedings of the ACM on Programming Languages | Pattern Recognition
Phys. Lett. A = Physics Letters A | Phys. Lett. B = Physics Letters B | Phys. Rev. = Physical Review
Phys. Rev. A = Physical Review A | Phys. Rev. B = Physical Review B
Phys. Rev. C = Physical Review C | Phys. Rev. D = Physical Review D
Phys. Rev. E = Physical Review E | Phys. Rev. X = Physical Review X
PLOS Comput. Biol. = PLoS Computational Biology | PLOS ONE = PLoS ONE
PMLR = Proceedings of Machine Learning Research
PNAS = Proceedings of the National Academy of Sciences; Proc. Natl. Acad. Sci. USA; Proceedings of
    the National Academy of Sciences of the United States of America; Proc. Natl. Acad. Sci.
PRL = Physical Review Letters | Procedia Computer Science | Proc. IEEE = Proceedings of the IEEE
RA-L = IEEE Robotics and Automation Letters | Rev. Mod. Phys. = Reviews of Modern Physics
RLJ = Reinforcement Learning Journal | Science | Science Advances | Science Robotics
Scientific Reports | Sensors | SICOMP = SIAM Journal on Computing
Software: Practice and Experience | SPL = IEEE Signal Processing Letters
T-RO = IEEE Transactions on Robotics
TACL = Transactions of the Association for Computational Linguistics; Transactions of the ACL
Theor. Comput. Sci. = Theoretical Computer Science | TIP = IEEE Transactions on Image Processing
TIT = IEEE Transactions on Information Theory
TKDE = IEEE Transactions on Knowledge and Data Engineering
TMI = IEEE Transactions on Medical Imaging | TMLR = Transactions on Machine Learning Research
TMM = IEEE Transactions on Multimedia
TNNLS = IEEE Transactions on Neural Networks and Learning Systems
TOCHI = ACM Transactions on Computer-Human Interaction | TODS = ACM Transactions on Database Systems
TOG = ACM Transactions on Graphics | TOIS = ACM Transactions on Information Systems
TOPLAS = ACM Transactions on Programming Languages and Systems
TPAMI = IEEE Transactions on Pattern Analysis and Machine Intelligence; PAMI
TPDS = IEEE Transactions on Parallel and Distributed Systems
TSE = IEEE Transactions on Software Engineering | TSP = IEEE Transactions on Signal Processing
TVCG = IEEE Transactions on Visualization and Computer Graphics | VLDB Journal = The VLDB Journal
"""

WORKSHOPS = """
BioNLP = Workshop on Biomedical Natural Language Processing; BioNLP Workshop
BlackboxNLP = BlackboxNLP Workshop on Analyzing and Interpreting Neural Networks for NLP
HotNets = Workshop on Hot Topics in Networks | HotOS = Workshop on Hot Topics in Operating Systems
SemEval = International Workshop on Semantic Evaluation
WABI = Workshop on Algorithms in Bioinformatics; Algorithms in Bioinformatics
WAFR = Workshop on the Algorithmic Foundations of Robotics
"""

REPOSITORIES = """
arXiv = arXiv; CoRR; Computing Research Repository | bioRxiv | chemRxiv = ChemRxiv
Cryptology ePrint = Cryptology ePrint Archive; ePrint Archive; IACR ePrint
HAL = Hyper Articles en Ligne | medRxiv | OpenReview = OpenReview; OpenReview.net
OSF = OSF Preprints; Open Science Framework | PsyArXiv | Preprints.org | Research Square
SSRN = Social Science Research Network | Zenodo
"""

BOOKS = """
LNAI = Lecture Notes in Artificial Intelligence | LNCS = Lecture Notes in Computer Science
Lect. Notes Phys. = Lecture Notes in Physics
"""

VENUES = {
    "conference": CONFERENCES,
    "journal": JOURNALS,
    "workshop": WORKSHOPS,
    "repository": REPOSITORIES,
    "book": BOOKS,
}
"""The tables by kind; in `canonical_venue` the first name of equal ones wins."""
